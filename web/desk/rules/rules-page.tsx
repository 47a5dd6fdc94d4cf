import '../lists.css'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ChangeList } from './change-list.tsx'
import { ChangeSheet } from './change-sheet.tsx'
import { RuleSheet } from './rule-sheet.tsx'
import type { ChangeRow, RuleRow } from './rule-view.ts'
import { useRuleWords } from './rule-words.tsx'
import { Verified } from './verified.tsx'

/** 规则: every dated rule with its source, and the way to change one. */
export function RulesPage() {
  const t = useText()
  const can = useCan('rule.read')
  const rules = useGet<{ items: RuleRow[] }>('/api/rules', { enabled: can })
  const changes = useGet<{ items: ChangeRow[] }>('/api/rule-changes', { enabled: can })
  useTitle(t.rules.title, t.product)
  if (!can) return <MessageBox alert title={t.people.forbidden} />
  return (
    <>
      <PageHead title={t.rules.title} note={t.rules.note} />
      <Panel title={t.rules.changes}>
        <Loaded query={changes}>
          {({ items }) => (items.length === 0 ? <p className="muted">{t.rules.noChanges}</p> : <ChangeList changes={items} />)}
        </Loaded>
      </Panel>
      <Loaded query={rules}>{({ items }) => <Rules rules={items} />}</Loaded>
    </>
  )
}

function Rules({ rules }: { rules: RuleRow[] }) {
  const t = useText()
  const { titleOf } = useRuleWords()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const rows = rules.filter((row) => (!open || row.unverified) && `${titleOf(row)} ${row.source}`.includes(words.trim()))
  return (
    <>
      <search className="filters">
        <Input
          aria-label={t.rules.search}
          placeholder={t.rules.search}
          value={words}
          allowClear
          onChange={(e) => setWords(e.target.value)}
          className="filter-words"
        />
        <Checkbox checked={open} onChange={(e) => setOpen(e.target.checked)}>
          {t.rules.onlyUnverified}
        </Checkbox>
        <span className="muted" role="status">
          {t.rules.count(rows.length, rows.filter((row) => row.unverified).length)}
        </span>
      </search>
      {rows.length === 0 ? <MessageBox title={t.rules.empty} /> : <RuleTable rules={rows} all={rules} />}
    </>
  )
}

function RuleTable({ rules, all }: { rules: RuleRow[]; all: RuleRow[] }) {
  const t = useText()
  const { titleOf } = useRuleWords()
  const canPropose = useCan('rule.propose')
  const [shown, setShown] = useState<RuleRow>()
  const [changing, setChanging] = useState<RuleRow>()
  const isNewest = (row: RuleRow) => !all.some((r) => r.kind === row.kind && r.key === row.key && r.validFrom > row.validFrom)
  const columns: Column<RuleRow>[] = [
    { key: 'rule', title: t.rules.rule, phone: 'head', render: titleOf },
    {
      key: 'holds',
      title: t.rules.holds,
      width: '190px',
      render: (row) => (row.validTo ? t.rules.fromTo(row.validFrom, row.validTo) : t.rules.from(row.validFrom)),
    },
    { key: 'source', title: t.rules.source, render: (row) => row.source },
    { key: 'state', title: t.rules.state, width: '150px', render: (row) => <Verified row={row} /> },
    {
      key: 'act',
      title: t.rules.value,
      width: '140px',
      render: (row) => (
        <span className="row">
          <Button size="small" onClick={() => setShown(row)} aria-label={`${t.rules.show} ${titleOf(row)}`}>
            {t.rules.show}
          </Button>
          {canPropose && isNewest(row) && (
            <Button size="small" onClick={() => setChanging(row)} aria-label={`${t.rules.change} ${titleOf(row)}`}>
              {t.rules.change}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable
        caption={t.rules.title}
        columns={columns}
        rows={rules}
        rowKey={(row) => `${row.kind}/${row.key}@${row.validFrom}`}
      />
      {shown && <RuleSheet rule={shown} onClose={() => setShown(undefined)} />}
      {changing && <ChangeSheet rule={changing} onClose={() => setChanging(undefined)} />}
    </div>
  )
}
