import { Button, Form, Input, message, Select } from 'antd'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useMe } from '../../shell/session.ts'
import { useSend, type Write } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { type Organisation, useRegions } from '../directory.ts'
import type { Asked } from './organisation-view.ts'
import { ReasonItem } from './reason-form.tsx'

type Values = { name?: string; kind?: string; area?: string; into?: string; reason?: string }

/** 新增、更名、撤销或并入. */
export function OrganisationSheet({ asked, others, onClose }: { asked: Asked; others: Organisation[]; onClose(): void }) {
  const t = useText()
  const send = useSend<{ id: string }>({
    onDone: () => {
      message.success(t.admin.account.done)
      onClose()
    },
  })
  const initial = asked.act === 'rename' ? { name: asked.organisation.name } : {}
  return (
    <Sheet title={titleOf(asked, t.admin.organisation)} open onClose={onClose}>
      <Form
        layout="vertical"
        initialValues={initial}
        disabled={send.isPending}
        onFinish={(values: Values) => send.mutate(writeOf(asked, values))}
      >
        {asked.act !== 'close' && <NameItem />}
        {asked.act === 'add' && <PlaceItems />}
        {asked.act === 'close' && <IntoItem others={others.filter((o) => !o.closedOn && o.id !== asked.organisation.id)} />}
        {asked.act !== 'add' && <ReasonItem />}
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.common.submit}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

type Words = { add: string; renameTitle(name: string): string; closeTitle(name: string): string }

function titleOf(asked: Asked, words: Words): string {
  if (asked.act === 'add') return words.add
  return asked.act === 'rename' ? words.renameTitle(asked.organisation.name) : words.closeTitle(asked.organisation.name)
}

function writeOf(asked: Asked, { name, kind, area, into, reason }: Values): Write {
  if (asked.act === 'add') return { path: '/api/organisations', body: { name, kind, area } }
  const { id, version } = asked.organisation
  const body = asked.act === 'rename' ? { name, reason } : { reason, ...(into && { into }) }
  return { path: `/api/organisations/${id}/${asked.act}`, body, version }
}

function NameItem() {
  const t = useText()
  const label = t.admin.organisation.name
  return (
    <Form.Item name="name" label={label} rules={[{ required: true, whitespace: true, message: t.common.missing(label) }]}>
      <Input maxLength={200} />
    </Form.Item>
  )
}

function PlaceItems() {
  const t = useText()
  const me = useMe()
  const areas = [{ code: String(me.tenant), name: me.cityName }, ...useRegions()]
  const kinds = Object.entries(t.admin.organisation.kinds).map(([value, label]) => ({ value, label }))
  return (
    <>
      <Form.Item
        name="kind"
        label={t.admin.organisation.kind}
        rules={[{ required: true, message: t.common.missing(t.admin.organisation.kind) }]}
      >
        <Select options={kinds} placeholder={t.common.choose} />
      </Form.Item>
      <Form.Item name="area" label={t.people.area} rules={[{ required: true, message: t.common.missing(t.people.area) }]}>
        <Select options={areas.map(({ code, name }) => ({ value: code, label: name }))} placeholder={t.common.choose} />
      </Form.Item>
    </>
  )
}

function IntoItem({ others }: { others: Organisation[] }) {
  const t = useText()
  return (
    <Form.Item name="into" label={t.admin.organisation.into}>
      <Select
        allowClear
        placeholder={t.common.choose}
        options={others.map((o) => ({ value: o.id, label: o.name }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  )
}
