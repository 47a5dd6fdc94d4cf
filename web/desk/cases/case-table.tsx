import { Link } from 'react-router'
import type { Catalogue } from '../../shell/catalogue/zh.ts'
import { type Language, useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { ListItem } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { ColourDot } from './colour-dot.tsx'
import { Due, StageDue } from './due.tsx'
import { Marks } from './marks.tsx'
import { PlaceName } from './place-name.tsx'

type Texts = { t: Catalogue; language: Language }

/** Cases as rows. With `move`, what waits for that move: a row leads to its form, and the time for this step stands first. */
export function CaseTable({ items, caption, move }: { items: readonly ListItem[]; caption: string; move?: string }) {
  const texts = useLanguage()
  const columns = [...about(texts, move), ...(move ? waiting(texts) : standing(texts)), ...whose(texts)]
  return (
    <div className="table-wrap">
      <DataTable caption={caption} columns={columns} rows={items} rowKey={(item) => item.id} />
    </div>
  )
}

function about({ t }: Texts, move: string | undefined): Column<ListItem>[] {
  return [
    { key: 'colour', title: t.list.colour, width: '78px', render: (item) => <ColourDot colour={item.colour} why={item.why} /> },
    {
      key: 'no',
      title: t.list.no,
      width: '136px',
      phone: 'wide',
      render: (item) => <span className="nowrap number">{item.no}</span>,
    },
    {
      key: 'problem',
      title: t.list.problem,
      phone: 'head',
      render: (item) => (
        <>
          <Link to={`/cases/${item.id}${move ? `?move=${move}` : ''}`}>{item.title}</Link> <Marks c={item} state={false} />
        </>
      ),
    },
  ]
}

function waiting({ t }: Texts): Column<ListItem>[] {
  return [
    { key: 'stage', title: t.clock.stage, width: '118px', render: (item) => <StageDue item={item} /> },
    { key: 'due', title: t.clock.case, width: '118px', render: (item) => <Due item={item} /> },
  ]
}

function standing({ t, language }: Texts): Column<ListItem>[] {
  return [
    {
      key: 'state',
      title: t.list.state,
      width: language === 'zh' ? '102px' : '172px',
      render: (item) => <span className="mark mark-state">{nameOf('state', item.state, language)}</span>,
    },
    { key: 'due', title: t.list.due, width: '118px', render: (item) => <Due item={item} /> },
  ]
}

function whose({ t, language }: Texts): Column<ListItem>[] {
  return [
    { key: 'responsible', title: t.list.responsible, width: '156px', render: (item) => responsibleOf(item) },
    { key: 'region', title: t.list.region, width: '96px', render: (item) => <PlaceName place={item.place} region /> },
    {
      key: 'category',
      title: t.list.category,
      width: '106px',
      phone: 'wide',
      render: (item) => nameOf('category', item.category, language),
    },
  ]
}

function responsibleOf(item: ListItem): string {
  return item.duties.flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join(' ')
}
