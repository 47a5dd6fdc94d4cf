import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { AccountSheet } from './account-sheet.tsx'
import { type Account, useAccounts } from './account-view.ts'
import { LeaveSheet } from './leave-sheet.tsx'
import { NewAccountSheet } from './new-account-sheet.tsx'
import { TeamSheet } from './team-sheet.tsx'

type Open = { sheet: 'new' | 'team' } | { sheet: 'manage' | 'leave'; account: Account }

/** 账号: new ones, what becomes of them, who leaves, and the inspection team's. */
export function AccountsTab() {
  const t = useText()
  const accounts = useAccounts()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <>
      <p className="hint">{t.admin.help.accounts}</p>
      <Loaded query={accounts}>{({ items }) => <Accounts accounts={items} open={setOpen} />}</Loaded>
      {open?.sheet === 'new' && <NewAccountSheet onClose={close} />}
      {open?.sheet === 'team' && <TeamSheet onClose={close} />}
      {open?.sheet === 'manage' && (
        <AccountSheet account={open.account} onClose={close} onLeave={() => setOpen({ sheet: 'leave', account: open.account })} />
      )}
      {open?.sheet === 'leave' && <LeaveSheet account={open.account} accounts={accounts.data?.items ?? []} onClose={close} />}
    </>
  )
}

function Accounts({ accounts, open }: { accounts: Account[]; open(sheet: Open): void }) {
  const t = useText()
  const [words, setWords] = useState('')
  const [left, setLeft] = useState(false)
  const rows = accounts.filter((account) => (left || !account.leftOn) && matches(account, words.trim()))
  return (
    <>
      <search className="filters">
        <Input
          aria-label={t.admin.account.search}
          placeholder={t.admin.account.search}
          value={words}
          allowClear
          onChange={(e) => setWords(e.target.value)}
          className="filter-words"
        />
        <span className="row">
          <Switch size="small" checked={left} onChange={setLeft} aria-label={t.admin.account.showLeft} />
          {t.admin.account.showLeft}
        </span>
        <span className="muted" role="status">
          {t.admin.account.count(rows.length)}
        </span>
        <Button type="primary" onClick={() => open({ sheet: 'new' })}>
          {t.admin.account.add}
        </Button>
        <Button onClick={() => open({ sheet: 'team' })}>{t.admin.account.team}</Button>
      </search>
      {rows.length === 0 ? (
        <MessageBox title={t.admin.account.empty} />
      ) : (
        <AccountTable rows={rows} manage={(account) => open({ sheet: 'manage', account })} />
      )}
    </>
  )
}

function AccountTable({ rows, manage }: { rows: Account[]; manage(account: Account): void }) {
  const t = useText()
  const columns: Column<Account>[] = [
    { key: 'username', title: t.admin.account.username, width: '180px', phone: 'head', render: (a) => a.username },
    { key: 'name', title: t.admin.account.name, render: (a) => a.name },
    {
      key: 'posts',
      title: t.admin.account.posts,
      render: (a) => a.posts.map((post) => post.title).join(t.common.listSeparator) || <span className="muted">—</span>,
    },
    {
      key: 'clearance',
      title: t.admin.account.clearance,
      width: '110px',
      render: (a) => t.admin.account.clearances[a.clearance],
    },
    { key: 'state', title: t.admin.account.state, render: (a) => <AccountState account={a} /> },
    {
      key: 'act',
      title: t.admin.account.manage,
      width: '96px',
      render: (a) =>
        !a.leftOn && (
          <Button size="small" onClick={() => manage(a)} aria-label={`${t.admin.account.manage} ${a.username}`}>
            {t.admin.account.manage}
          </Button>
        ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.admin.tabs.accounts} columns={columns} rows={rows} rowKey={(a) => a.id} />
    </div>
  )
}

function AccountState({ account }: { account: Account }) {
  const words = useText().admin.account
  const { disabledOn, leftOn, mustChange, readOnly, validFrom, validTo } = account
  return (
    <span className="tags">
      {leftOn ? (
        <span className="muted">{words.left(leftOn)}</span>
      ) : disabledOn ? (
        <span className="mark mark-warn">{words.disabled(disabledOn)}</span>
      ) : (
        <span>{words.open}</span>
      )}
      {mustChange && !disabledOn && <span className="mark">{words.mustChange}</span>}
      {readOnly && <span className="mark">{words.readOnly}</span>}
      {(validFrom || validTo) && <span className="mark">{words.window(validFrom ?? '', validTo ?? '')}</span>}
    </span>
  )
}

function matches(account: Account, words: string): boolean {
  return [account.username, account.name, ...account.posts.map((post) => post.title)].some((text) => text.includes(words))
}
