import '../lists.css'
import './board.css'
import './board-views.css'
import { Button, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { ListItem } from '../cases/case-view.ts'
import { nameOf } from '../cases/closed-lists.ts'
import { ColourDot } from '../cases/colour-dot.tsx'
import { Due } from '../cases/due.tsx'
import { Marks } from '../cases/marks.tsx'
import { PlaceName } from '../cases/place-name.tsx'
import { today } from '../cases/today.ts'
import { useRegions } from '../directory.ts'
import { type AsOfPage as Answer, fileOf, useAsOf } from './queries.ts'

/** The list as it stood at the end of a day, chosen in the address. */
export function AsOfPage() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const day = search.get('day') || today()
  const region = search.get('region') ?? undefined
  const list = useAsOf(day, region)
  const total = list.data?.pages[0]?.total
  useTitle(t.board.asOfTitle(day), t.product)
  const change = (more: { day?: string | undefined; region?: string | undefined }) => {
    const next = { day, region, ...more }
    setSearch({ ...(next.day && { day: next.day }), ...(next.region && { region: next.region }) })
  }
  return (
    <div className="board">
      <PageHead
        title={t.board.asOfTitle(day)}
        note={typeof total === 'number' ? `${t.list.total(total)} · ${t.board.asOfNote}` : t.board.asOfNote}
        extra={<Link to={region ? `/board?by=source&region=${region}` : '/board'}>{t.board.board}</Link>}
      />
      <search className="filters" aria-label={t.list.filters}>
        <DayInput label={t.board.day} value={day} max={today()} onChange={(chosen) => change({ day: chosen })} />
        <RegionChoice region={region} change={(chosen) => change({ region: chosen })} />
        {typeof total === 'number' && total > 0 && (
          <span className="as-of-files">
            <a href={fileOf({ day, region, format: 'xlsx' })}>{t.board.exportXlsx}</a>
            <a href={fileOf({ day, region, format: 'csv' })}>{t.board.exportCsv}</a>
          </span>
        )}
      </search>
      <div aria-busy={list.isFetching} className={list.isPlaceholderData ? 'fading' : undefined}>
        <Loaded query={list}>{({ pages }) => <Rows pages={pages} day={day} />}</Loaded>
        {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
        {list.hasNextPage && (
          <p className="more">
            <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {t.list.more}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}

function RegionChoice({ region, change }: { region: string | undefined; change(region: string | undefined): void }) {
  const t = useText()
  const options = useRegions().map((area) => ({ value: area.code, label: area.name }))
  return (
    <Select
      aria-label={t.board.region}
      placeholder={t.board.wholeCity}
      options={options}
      value={region ?? null}
      allowClear
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => change(chosen ?? undefined)}
      className="filter"
    />
  )
}

function Rows({ pages, day }: { pages: Answer[]; day: string }) {
  const t = useText()
  const columns = useColumns()
  const items = pages.flatMap((page) => page.items)
  if (items.length === 0) return <MessageBox title={t.board.asOfEmpty} />
  return (
    <>
      <div className="table-wrap">
        <DataTable caption={t.board.asOfTitle(day)} columns={columns} rows={items} rowKey={(item) => item.id} />
      </div>
      <p className="muted small list-foot" role="status">
        {t.list.shown(items.length)}
      </p>
    </>
  )
}

function useColumns(): Column<ListItem>[] {
  const { t, language } = useLanguage()
  const orgs = (item: ListItem) => item.duties.flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join(' ')
  const problem = (item: ListItem) => (
    <>
      <Link to={`/cases/${item.id}`}>{item.title}</Link> <Marks c={item} state={false} />
    </>
  )
  return [
    { key: 'colour', title: t.list.colour, width: '78px', render: (i) => <ColourDot colour={i.colour} why={i.why} /> },
    { key: 'no', title: t.list.no, width: '136px', render: (i) => <span className="nowrap number">{i.no}</span> },
    { key: 'problem', title: t.list.problem, phone: 'head', render: problem },
    {
      key: 'state',
      title: t.list.state,
      width: language === 'zh' ? '102px' : '172px',
      render: (i) => <span className="mark mark-state">{nameOf('state', i.state, language)}</span>,
    },
    { key: 'due', title: t.list.due, width: '118px', render: (i) => <Due item={i} /> },
    { key: 'responsible', title: t.list.responsible, width: '156px', render: orgs },
    { key: 'leader', title: t.board.leader, width: '130px', render: (i) => i.leader?.name ?? '' },
    { key: 'region', title: t.list.region, width: '96px', render: (i) => <PlaceName place={i.place} region /> },
  ]
}
