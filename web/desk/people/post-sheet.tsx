import { Button, Form, Input, message, Radio, Select } from 'antd'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useGet, useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import type { Holder, Post } from '../directory.ts'

type Account = { id: string; username: string; name: string; disabledOn: string | null }
type Values = { from?: string; to: string; reason: string }

/** 移交 of a held post, 授岗 of a vacant one. */
export function PostSheet({ post, onClose }: { post: Post; onClose(): void }) {
  const t = useText()
  const holders = [post.holder, post.standIn].filter((holder): holder is Holder => Boolean(holder))
  const held = holders.length > 0
  const send = useSend<Post>({
    onDone: () => {
      message.success(held ? t.people.done : t.people.given)
      onClose()
    },
  })
  const submit = ({ from, to, reason }: Values) =>
    send.mutate(
      held
        ? { path: `/api/posts/${post.id}/hand-over`, body: { from, to, reason }, version: post.version }
        : { path: `/api/posts/${post.id}/holders`, body: { account: to, standIn: false } },
    )
  return (
    <Sheet title={held ? t.people.handOverTitle(post.title) : t.people.giveTitle(post.title)} open onClose={onClose}>
      <Form layout="vertical" initialValues={{ from: holders[0]?.account }} onFinish={submit} disabled={send.isPending}>
        {held && (
          <Form.Item name="from" label={t.people.from} rules={[{ required: true }]}>
            <Radio.Group options={holders.map((holder) => ({ value: holder.account, label: holder.name }))} />
          </Form.Item>
        )}
        <Form.Item
          name="to"
          label={held ? t.people.to : t.people.account}
          rules={[{ required: true, message: t.common.missing(t.people.to) }]}
        >
          <AccountSelect without={holders.map((holder) => holder.account)} />
        </Form.Item>
        {held && (
          <Form.Item
            name="reason"
            label={t.people.reason}
            rules={[{ required: true, whitespace: true, message: t.common.missing(t.people.reason) }]}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
          </Form.Item>
        )}
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {held ? t.people.handOver : t.people.give}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

function AccountSelect({
  without,
  ...rest
}: {
  without: string[]
  id?: string
  value?: string
  onChange?(account: string): void
}) {
  const t = useText()
  const accounts = useGet<{ items: Account[] }>('/api/accounts').data?.items ?? []
  const options = accounts
    .filter((account) => !account.disabledOn && !without.includes(account.id))
    .map((account) => ({ value: account.id, label: `${account.name} (${account.username})` }))
  return <Select {...rest} options={options} placeholder={t.common.choose} showSearch={{ optionFilterProp: 'label' }} />
}
