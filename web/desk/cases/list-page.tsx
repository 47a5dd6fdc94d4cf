import '../lists.css'
import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { CaseTable } from './case-table.tsx'
import { FILTERS, ListFilters } from './list-filters.tsx'
import { type Filters, type Page, useCases } from './queries.ts'

/** 问题清单; the filters stand in the address, so that a view can be kept and sent. */
export function ListPage() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const filters: Filters = Object.fromEntries(FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])))
  const list = useCases(filters)
  useTitle(t.list.title, t.product)
  const change = (name: keyof Filters, value: string | undefined) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      if (value) after.set(name, value)
      else after.delete(name)
      return after
    })
  const total = list.data?.pages[0]?.total
  return (
    <>
      <PageHead
        title={t.list.title}
        note={total === undefined || total === null ? undefined : t.list.total(total)}
        extra={
          <>
            <ExportMenu filters={filters} />
            <Link to={`/map?${search}`}>{t.list.toMap}</Link>
          </>
        }
      />
      <ListFilters filters={filters} change={change} reset={() => setSearch({})} />
      <div aria-busy={list.isFetching} className={list.isPlaceholderData ? 'fading' : undefined}>
        <Loaded query={list}>{({ pages }) => <Rows pages={pages} />}</Loaded>
        {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
        {list.hasNextPage && (
          <p className="more">
            <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {t.list.more}
            </Button>
          </p>
        )}
      </div>
    </>
  )
}

function Rows({ pages }: { pages: Page[] }) {
  const t = useText()
  const items = pages.flatMap((page) => page.items)
  if (items.length === 0) return <MessageBox title={t.list.emptyTitle} text={t.list.emptyText} />
  return (
    <>
      <CaseTable items={items} caption={t.list.title} />
      <p className="muted small list-foot" role="status">
        {t.list.shown(items.length)}
      </p>
    </>
  )
}
