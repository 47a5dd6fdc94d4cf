import { Link } from 'react-router'
import { useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { ListItem } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { ColourDot } from './colour-dot.tsx'
import { Due } from './due.tsx'
import { Marks } from './marks.tsx'
import { PlaceName } from './place-name.tsx'

/** Cases as rows; with `move`, a row leads straight to the form of that move. */
export function CaseTable({ items, caption, move }: { items: readonly ListItem[]; caption: string; move?: string }) {
  const { t, language } = useLanguage()
  const columns: Column<ListItem>[] = [
    { key: 'colour', title: t.list.colour, width: '76px', render: (item) => <ColourDot colour={item.colour} why={item.why} /> },
    {
      key: 'problem',
      title: t.list.problem,
      phone: 'head',
      render: (item) => (
        <>
          <Link to={`/cases/${item.id}${move ? `?move=${move}` : ''}`}>{item.title}</Link>{' '}
          <span className="muted small nowrap">{item.no}</span> <Marks c={item} state={false} />
        </>
      ),
    },
    { key: 'state', title: t.list.state, width: '108px', render: (item) => <StateMark item={item} /> },
    { key: 'region', title: t.list.region, width: '104px', render: (item) => <PlaceName place={item.place} region /> },
    {
      key: 'category',
      title: t.list.category,
      width: '112px',
      phone: 'wide',
      render: (item) => nameOf('category', item.category, language),
    },
    { key: 'responsible', title: t.list.responsible, width: '168px', render: (item) => responsibleOf(item) },
    { key: 'due', title: t.list.due, width: '190px', render: (item) => <Due item={item} /> },
    {
      key: 'reportedOn',
      title: t.list.reportedOn,
      width: '104px',
      phone: 'wide',
      render: (item) => <span className="nowrap number">{item.reportedOn}</span>,
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={caption} columns={columns} rows={items} rowKey={(item) => item.id} />
    </div>
  )
}

function StateMark({ item }: { item: ListItem }) {
  const { language } = useLanguage()
  return <span className="mark mark-state">{nameOf('state', item.state, language)}</span>
}

function responsibleOf(item: ListItem): string {
  return (item.duties ?? []).flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join(' ')
}
