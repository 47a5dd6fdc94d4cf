import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ITEM_STATE_LABELS, KIND_LABELS, TRIGGER_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { Brief } from './queries.ts'

/** Items of supervision, one to a row; `pick` puts a box before each. */
export function ItemTable({ items, caption, pick }: { items: readonly Brief[]; caption: string; pick?(item: Brief): ReactNode }) {
  const { t, language } = useLanguage()
  const columns: Column<Brief>[] = [
    ...(pick ? [{ key: 'pick', title: '', width: '36px', render: pick }] : []),
    {
      key: 'kind',
      title: t.supervision.kind,
      width: language === 'zh' ? '92px' : '150px',
      render: (i) => KIND_LABELS[i.kind][language],
    },
    {
      key: 'title',
      title: t.supervision.subject,
      phone: 'head',
      render: (i) => (
        <>
          <Link to={`/supervision/${i.id}`}>{i.title}</Link> {i.no && <span className="nowrap muted small">{i.no}</span>}{' '}
          {i.triggers.map((trigger) => (
            <span className="mark" key={trigger}>
              {TRIGGER_LABELS[trigger][language]}
            </span>
          ))}
        </>
      ),
    },
    { key: 'org', title: t.supervision.org, width: '150px', render: (i) => i.orgName },
    {
      key: 'state',
      title: t.supervision.state,
      width: language === 'zh' ? '98px' : '150px',
      render: (i) => <span className={`mark ${stateMark(i)}`}>{ITEM_STATE_LABELS[i.state][language]}</span>,
    },
    { key: 'due', title: t.supervision.due, width: '130px', render: (i) => <AnswerDue item={i} /> },
    { key: 'cases', title: t.supervision.cases, width: '76px', render: (i) => <span className="number">{i.cases.length}</span> },
    {
      key: 'drafted',
      title: t.supervision.drafted,
      width: '104px',
      render: (i) => <span className="number nowrap">{i.draftedOn}</span>,
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={caption} columns={columns} rows={items} rowKey={(i) => i.id} />
    </div>
  )
}

const stateMark = ({ state }: Brief) =>
  state === 'not_accepted' ? 'mark-warn' : state === 'accepted' || state === 'lifted' ? 'mark-good' : 'mark-state'

/** Until when an answer is due, and how far that is. */
export function AnswerDue({ item }: { item: Pick<Brief, 'due' | 'daysLeft'> }) {
  const { t } = useLanguage()
  if (!item.due) return null
  return (
    <span>
      <span className="number nowrap">{item.due}</span>{' '}
      {item.daysLeft !== null && (
        <span className={item.daysLeft < 0 ? 'mark mark-warn' : 'muted small'}>
          {item.daysLeft < 0 ? t.supervision.late(-item.daysLeft) : t.supervision.left(item.daysLeft)}
        </span>
      )}
    </span>
  )
}
