import { Button, Form, Input, message, Select } from 'antd'
import type { Move } from '../../../src/cases/rules/codes.ts'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { ROLE_LABELS, type Role } from '../../../src/people/rules/actor.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useGet, useSend } from '../../shell/use-api.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Account } from './account-view.ts'
import { ReasonItem } from './reason-form.tsx'

type HeldPost = {
  id: string
  title: string
  role: Role
  orgName: string
  version: number
  asStandIn: boolean
  duties: { id: string; name: string }[]
}
type Leaving = { account: Account; posts: HeldPost[]; tokens: number }
type Values = { reason: string; posts?: Record<string, { to?: string; reason: string }> }

/** 离任: every post the person holds gets a successor or stays vacant, each with its reason; what waits for them is shown as numbers. */
export function LeaveSheet({ account, accounts, onClose }: { account: Account; accounts: Account[]; onClose(): void }) {
  const t = useText()
  const leaving = useGet<Leaving>(`/api/accounts/${account.id}/leaving`)
  return (
    <Sheet title={t.admin.leave.title(account.name)} open onClose={onClose} wide>
      <Loaded query={leaving}>{(found) => <LeaveForm leaving={found} accounts={accounts} onClose={onClose} />}</Loaded>
    </Sheet>
  )
}

function LeaveForm({ leaving, accounts, onClose }: { leaving: Leaving; accounts: Account[]; onClose(): void }) {
  const t = useText()
  const { account, posts, tokens } = leaving
  const send = useSend<{ id: string }>({
    onDone: () => {
      message.success(t.admin.leave.done)
      onClose()
    },
  })
  const successors = accounts.filter((a) => !a.disabledOn && a.id !== account.id)
  const submit = ({ reason, posts: given = {} }: Values) =>
    send.mutate({
      path: `/api/accounts/${account.id}/leave`,
      version: account.version,
      body: { reason, posts: posts.map((post) => ({ post: post.id, version: post.version, ...withoutBlank(given[post.id]) })) },
    })
  return (
    <Form layout="vertical" onFinish={submit} disabled={send.isPending}>
      <Waiting account={account.id} />
      {posts.length === 0 && <p className="muted">{t.admin.leave.noPosts}</p>}
      {posts.map((post) => (
        <PostFields key={post.id} post={post} successors={successors} />
      ))}
      {tokens > 0 && <p className="hint">{t.admin.leave.tokens(tokens)}</p>}
      <ReasonItem />
      <div className="sheet-foot">
        {send.error && <ProblemAlert error={send.error} />}
        <Button type="primary" danger htmlType="submit" loading={send.isPending}>
          {t.admin.leave.submit}
        </Button>
        <Button onClick={onClose}>{t.common.close}</Button>
      </div>
    </Form>
  )
}

const withoutBlank = (given: { to?: string; reason: string } = { reason: '' }) => ({
  reason: given.reason,
  ...(given.to && { to: given.to }),
})

function Waiting({ account }: { account: string }) {
  const { t, language } = useLanguage()
  const waiting = useGet<{ items: { move: Move; total: number }[] }>(`/api/accounts/${account}/waiting`)
  return (
    <Loaded query={waiting}>
      {({ items }) => (
        <Panel title={t.admin.leave.waiting}>
          {items.length === 0 && <p className="muted">{t.admin.leave.nothingWaits}</p>}
          <Facts facts={items.map(({ move, total }) => ({ label: MOVE_LABELS[move][language], value: t.work.count(total) }))} />
        </Panel>
      )}
    </Loaded>
  )
}

function PostFields({ post, successors }: { post: HeldPost; successors: Account[] }) {
  const { t, language } = useLanguage()
  const role = ROLE_LABELS[post.role][language]
  return (
    <fieldset className="boxed">
      <legend>
        {post.title} · {role} · {post.orgName} · {post.asStandIn ? t.people.standIn : t.people.holder}
      </legend>
      {post.duties.length > 0 && (
        <p className="muted">
          {t.admin.leave.duties}
          {t.colon}
          {post.duties.map((duty) => duty.name).join(t.common.listSeparator)}
        </p>
      )}
      <div className="two">
        <Form.Item name={['posts', post.id, 'to']} label={t.admin.leave.to}>
          <Select
            allowClear
            placeholder={t.admin.leave.vacant}
            options={successors.map((a) => ({ value: a.id, label: `${a.name} (${a.username})` }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
        <Form.Item
          name={['posts', post.id, 'reason']}
          label={t.admin.leave.perPost}
          rules={[{ required: true, whitespace: true, message: t.common.missing(t.admin.leave.perPost) }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </div>
    </fieldset>
  )
}
