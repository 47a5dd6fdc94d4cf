import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { ROLE_LABELS, type Role } from '../../../src/people/rules/actor.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useMe } from '../../shell/session.ts'
import { useSend } from '../../shell/use-api.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useRegions } from '../directory.ts'
import { todayInShanghai } from './format.ts'

type Member = { id: string; username: string; name: string; password: string | null }
type Values = {
  team: string
  prefix: string
  members: string
  role: Role
  area: string
  clearance: number
  validFrom: string
  validTo: string
}

const LOOKERS: Role[] = ['inspector', 'leader', 'county_office', 'publisher', 'auditor']

/** 检查组: accounts that read for some days; their passwords are shown, and printed, once. */
export function TeamSheet({ onClose }: { onClose(): void }) {
  const t = useText()
  const [team, setTeam] = useState<{ name: string; members: Member[] }>()
  const [name, setName] = useState('')
  const send = useSend<{ items: Member[] }>({ onDone: ({ items }) => setTeam({ name, members: items }) })
  const submit = ({ members, ...values }: Values) => {
    setName(values.team)
    send.mutate({ path: '/api/inspection-teams', body: { ...values, members: linesOf(members) } })
  }
  return (
    <Sheet title={t.admin.team.title} open onClose={onClose} wide>
      {team ? (
        <Slips name={team.name} members={team.members} onClose={onClose} />
      ) : (
        <Form
          layout="vertical"
          onFinish={submit}
          disabled={send.isPending}
          initialValues={{ role: 'inspector', clearance: 1, validFrom: todayInShanghai() }}
        >
          <p className="hint">{t.admin.help.team}</p>
          <TeamFields />
          <div className="sheet-foot">
            {send.error && <ProblemAlert error={send.error} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t.admin.team.submit}
            </Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        </Form>
      )}
    </Sheet>
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function TeamFields() {
  const { t, language } = useLanguage()
  const me = useMe()
  const areas = [{ code: String(me.tenant), name: t.admin.team.whole }, ...useRegions()]
  const must = (label: string) => [{ required: true, message: t.common.missing(label) }]
  const { team, account } = t.admin
  return (
    <>
      <div className="two">
        <Form.Item name="team" label={team.name} rules={must(team.name)}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="prefix"
          label={team.prefix}
          rules={[{ required: true, pattern: /^[\w.-]{3,30}$/, message: account.usernameRule }]}
        >
          <Input maxLength={30} placeholder="ducha" />
        </Form.Item>
      </div>
      <Form.Item name="members" label={team.members} rules={must(team.members)}>
        <Input.TextArea autoSize={{ minRows: 4 }} />
      </Form.Item>
      <div className="three">
        <Form.Item name="role" label={team.role}>
          <Select options={LOOKERS.map((role) => ({ value: role, label: ROLE_LABELS[role][language] }))} />
        </Form.Item>
        <Form.Item name="area" label={team.area} rules={must(team.area)}>
          <Select options={areas.map(({ code, name }) => ({ value: code, label: name }))} placeholder={t.common.choose} />
        </Form.Item>
        <Form.Item name="clearance" label={account.clearance}>
          <Select options={account.clearances.map((label, value) => ({ value, label }))} />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="validFrom" label={account.validFrom} rules={must(account.validFrom)}>
          <DayInput />
        </Form.Item>
        <Form.Item name="validTo" label={account.validTo} rules={must(account.validTo)}>
          <DayInput />
        </Form.Item>
      </div>
    </>
  )
}

function Slips({ name, members, onClose }: { name: string; members: Member[]; onClose(): void }) {
  const t = useText()
  const words = t.admin.team
  return (
    <div className="slips">
      <h2>
        {name} · {words.made}
      </h2>
      <p className="muted">{t.admin.help.team}</p>
      <DataTable
        caption={words.made}
        rows={members}
        rowKey={(member) => member.id}
        columns={[
          { key: 'name', title: t.admin.account.name, phone: 'head', render: (m) => m.name },
          { key: 'user', title: words.user, render: (m) => m.username },
          { key: 'password', title: words.password, render: (m) => <code>{m.password ?? '—'}</code> },
        ]}
      />
      <div className="sheet-foot no-print">
        <Button onClick={() => window.print()}>{words.print}</Button>
        <Button type="primary" onClick={onClose}>
          {words.finish}
        </Button>
      </div>
    </div>
  )
}
