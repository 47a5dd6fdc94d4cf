import { Link } from 'react-router'
import type { Catalogue } from '../../shell/catalogue/zh.ts'
import { type Language, useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ColourDot } from './colour-dot.tsx'
import { Marks } from './marks.tsx'
import { PlaceName } from './place-name.tsx'
import type { WorkItem } from './queries-work.ts'
import { ROW_LINK } from './use-row-keys.ts'
import { WaitsDue, WaitsSince } from './waits.tsx'

type Texts = { t: Catalogue; language: Language }

/** Cases that wait: a row leads to the form of the move that it waits for, or to the case. */
export function WorkTable({ items, caption, move }: { items: readonly WorkItem[]; caption: string; move: string | undefined }) {
  const texts = useLanguage()
  return (
    <div className="table-wrap">
      <DataTable caption={caption} columns={columnsOf(texts, move)} rows={items} rowKey={(item) => item.id} />
    </div>
  )
}

function columnsOf({ t, language }: Texts, move: string | undefined): Column<WorkItem>[] {
  return [
    { key: 'colour', title: t.list.colour, width: '70px', render: (item) => <ColourDot colour={item.colour} why={item.why} /> },
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
          <div>
            <Link to={`/cases/${item.id}${move ? `?move=${move}` : ''}`} {...ROW_LINK}>
              {item.title}
            </Link>
          </div>
          <Marks c={item} state={move === undefined} />
        </>
      ),
    },
    { key: 'place', title: t.list.place, width: '150px', render: (item) => <PlaceName place={item.place} /> },
    {
      key: 'due',
      title: t.list.due,
      width: language === 'zh' ? '118px' : '140px',
      render: (item) => <WaitsDue waits={item.waits} />,
    },
    { key: 'since', title: t.myWork.since, width: '92px', render: (item) => <WaitsSince waits={item.waits} /> },
    { key: 'responsible', title: t.list.responsible, width: '140px', phone: 'wide', render: responsibleOf },
  ]
}

function responsibleOf(item: WorkItem): string {
  return item.duties.flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join(' ')
}
