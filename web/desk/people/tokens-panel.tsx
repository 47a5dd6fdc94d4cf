import { Button, Form, Input, Popconfirm, Select, Switch } from 'antd'
import { useState } from 'react'
import { SCOPES } from '../../../src/people/rules/tokens.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useMe } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { moment, todayInShanghai } from './format.ts'
import { Secret } from './secret.tsx'

type Token = {
  id: string
  name: string
  scopes: string[]
  readOnly: boolean
  expiresOn: string | null
  createdAt: string
  seenAt: string | null
  revokedAt: string | null
}

/** 我的访问令牌: what programs may do in my name. */
export function TokensPanel() {
  const t = useText()
  const [adding, setAdding] = useState(false)
  const tokens = useGet<{ items: Token[] }>('/api/tokens')
  return (
    <Panel
      title={t.admin.token.title}
      extra={
        <Button size="small" onClick={() => setAdding(true)}>
          {t.admin.token.add}
        </Button>
      }
    >
      <p className="muted">{t.admin.help.tokens}</p>
      <Loaded query={tokens}>
        {({ items }) => (items.length === 0 ? <MessageBox title={t.admin.token.empty} /> : <TokenTable tokens={items} />)}
      </Loaded>
      {adding && <TokenSheet onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function TokenTable({ tokens }: { tokens: Token[] }) {
  const t = useText()
  const revoke = useSend<{ id: string }>()
  const columns: Column<Token>[] = [
    { key: 'name', title: t.admin.token.name, phone: 'head', render: (token) => token.name },
    {
      key: 'scopes',
      title: t.admin.token.scopes,
      render: (token) => token.scopes.map((s) => t.admin.token.permissions[s] ?? s).join(t.common.listSeparator),
    },
    {
      key: 'mode',
      title: t.admin.token.readOnly,
      width: '84px',
      render: (token) => (token.readOnly ? t.admin.token.readOnly : t.admin.token.writes),
    },
    { key: 'expires', title: t.admin.token.expires, width: '110px', render: (token) => token.expiresOn ?? '—' },
    {
      key: 'seen',
      title: t.admin.token.seen,
      width: '150px',
      render: (token) => (token.seenAt ? moment(token.seenAt) : t.admin.token.never),
    },
    { key: 'state', title: t.admin.token.state, width: '84px', render: (token) => t.admin.token[stateOf(token)] },
    {
      key: 'act',
      title: t.admin.token.revoke,
      width: '90px',
      render: (token) =>
        stateOf(token) === 'live' && (
          <Popconfirm
            title={t.admin.token.revokeTitle(token.name)}
            okText={t.admin.token.revoke}
            onConfirm={() => revoke.mutate({ path: `/api/tokens/${token.id}/revoke`, body: { reason: t.admin.token.revoke } })}
          >
            <Button size="small" danger aria-label={`${t.admin.token.revoke} ${token.name}`}>
              {t.admin.token.revoke}
            </Button>
          </Popconfirm>
        ),
    },
  ]
  return (
    <>
      {revoke.error && <ProblemAlert error={revoke.error} />}
      <div className="table-wrap">
        <DataTable caption={t.admin.token.title} columns={columns} rows={tokens} rowKey={(token) => token.id} />
      </div>
    </>
  )
}

function stateOf(token: Token): 'live' | 'revoked' | 'expired' {
  if (token.revokedAt) return 'revoked'
  return token.expiresOn && token.expiresOn < todayInShanghai() ? 'expired' : 'live'
}

type Values = { name: string; scopes: string[]; writes?: boolean; expires?: string }

function TokenSheet({ onClose }: { onClose(): void }) {
  const t = useText()
  const me = useMe()
  const [secret, setSecret] = useState<string>()
  const send = useSend<Token & { token: string | null }>({ onDone: ({ token }) => setSecret(token ?? '') })
  const mine = SCOPES.filter((scope) => me.permissions.includes(scope))
  const submit = ({ writes, expires, ...rest }: Values) =>
    send.mutate({ path: '/api/tokens', body: { ...rest, readOnly: !writes, ...(expires && { expires }) } })
  return (
    <Sheet title={t.admin.token.add} open onClose={onClose}>
      {secret !== undefined ? (
        <Secret title={t.admin.token.made} text={t.admin.help.tokens} secret={secret} onClose={onClose} />
      ) : mine.length === 0 ? (
        <MessageBox title={t.admin.token.noScopes} />
      ) : (
        <Form layout="vertical" onFinish={submit} disabled={send.isPending}>
          <p className="hint">{t.admin.help.tokens}</p>
          <Form.Item
            name="name"
            label={t.admin.token.name}
            rules={[{ required: true, message: t.common.missing(t.admin.token.name) }]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item
            name="scopes"
            label={t.admin.token.scopes}
            rules={[{ required: true, message: t.common.missing(t.admin.token.scopes) }]}
          >
            <Select
              mode="multiple"
              placeholder={t.common.choose}
              options={mine.map((scope) => ({ value: scope, label: t.admin.token.permissions[scope] ?? scope }))}
            />
          </Form.Item>
          <Form.Item name="writes" label={t.admin.token.writes} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="expires" label={t.admin.token.expires}>
            <DayInput min={todayInShanghai()} />
          </Form.Item>
          <div className="sheet-foot">
            {send.error && <ProblemAlert error={send.error} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t.admin.token.add}
            </Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        </Form>
      )}
    </Sheet>
  )
}
