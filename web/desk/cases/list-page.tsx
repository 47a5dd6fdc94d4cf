import '../lists.css'
import './list/list.css'
import { Button, Modal, Select, Switch } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type SavedView, SORT_NAMES, SORTS } from '../../../src/cases/rules/list-view.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { ListDownloads } from '../letters/list-downloads.tsx'
import { ColumnChooser } from './list/column-chooser.tsx'
import { ListTable } from './list/list-table.tsx'
import { SelectionBar, Unfinished } from './list/selection-bar.tsx'
import { useBulkRun } from './list/use-bulk-run.ts'
import { useColumns } from './list/use-columns.ts'
import { type ListAddress, useListAddress } from './list/use-list-address.ts'
import { useKeysOn, useListKeys } from './list/use-list-keys.ts'
import { useSelection } from './list/use-selection.ts'
import { ViewTabs } from './list/view-tabs.tsx'
import { ListFilters } from './list-filters.tsx'
import { useCases } from './queries.ts'

/** 问题清单; filters and order stand in the address, so that what one sees can be kept and sent, or saved as a view. */
export function ListPage() {
  const t = useText()
  const address = useListAddress()
  const views = useGet<{ items: SavedView[] }>('/api/views')
  useFirstView(address, views.data?.items)
  const view = views.data?.items.find(({ id }) => id === address.view)
  const [columns, choose] = useColumns(view)
  const waits = address.isBare && views.isPending // perhaps a view of one's own comes first
  const list = useCases({ ...address.filters, sort: address.sort }, { enabled: !waits })
  useTitle(t.list.title, t.product)
  const total = list.data?.pages[0]?.total ?? undefined
  const query = new URLSearchParams(Object.entries(address.filters) as [string, string][])
  return (
    <>
      <PageHead
        title={t.list.title}
        note={total === undefined ? undefined : t.list.total(total)}
        extra={
          <>
            <ListDownloads search={query} />
            <ExportMenu filters={address.filters} />
            <Link to={`/map?${query}`}>{t.list.toMap}</Link>
          </>
        }
      />
      <ViewTabs views={views.data?.items ?? []} address={address} columns={columns} />
      <ListFilters filters={address.filters} change={address.change} reset={address.reset} />
      <div className="list-tools">
        <Order address={address} />
        <ColumnChooser columns={columns} choose={choose} />
      </div>
      <Rows list={list} columns={columns} address={address} total={total} />
    </>
  )
}

// Whoever comes without an address gets the view that comes first, if there is one.
function useFirstView(address: ListAddress, views: readonly SavedView[] | undefined): void {
  const first = address.isBare ? views?.find((view) => view.first) : undefined
  const open = address.open
  useEffect(() => {
    if (first) open(first, { replace: true })
  }, [first, open])
}

function Order({ address }: { address: ListAddress }) {
  const { t, language } = useLanguage()
  return (
    <Select
      aria-label={t.desk.sort}
      value={address.sort}
      options={SORTS.map((sort) => ({ value: sort, label: SORT_NAMES[sort][language] }))}
      popupMatchSelectWidth={false}
      onChange={address.order}
      className="list-order"
    />
  )
}

type RowsProps = {
  list: ReturnType<typeof useCases>
  columns: ReturnType<typeof useColumns>[0]
  address: ListAddress
  total: number | undefined
}

function Rows({ list, columns, address, total }: RowsProps) {
  const t = useText()
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const selection = useSelection(items)
  const bulk = useBulkRun()
  const acts = useCan('case.move')
  const { active, help, setHelp, keysOn, setKeysOn } = useKeyboard(items, selection)
  return (
    <div aria-busy={list.isFetching} className={list.isPlaceholderData ? 'fading' : undefined}>
      {acts && <Unfinished bulk={bulk} />}
      <Loaded query={list}>
        {() =>
          items.length === 0 ? (
            <MessageBox title={t.list.emptyTitle} text={t.list.emptyText} />
          ) : (
            <>
              <ListTable
                items={items}
                caption={t.list.title}
                columns={columns}
                selection={acts ? selection : undefined}
                active={active}
              />
              <p className="muted small list-foot">
                <span role="status">{t.list.shown(items.length)}</span>{' '}
                <Button type="link" size="small" onClick={() => setHelp(true)}>
                  {t.desk.keys}
                </Button>
              </p>
            </>
          )
        }
      </Loaded>
      {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
      {list.hasNextPage && (
        <p className="more">
          <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t.list.more}
          </Button>
        </p>
      )}
      {acts && <SelectionBar selection={selection} bulk={bulk} filters={address.filters} total={total} />}
      <Modal open={help} title={t.desk.keys} footer={null} onCancel={() => setHelp(false)}>
        <dl className="key-list">
          {t.desk.keyList.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p className="row">
          <Switch checked={keysOn} onChange={setKeysOn} aria-label={t.desk.keysOn} /> {t.desk.keysOn}
        </p>
      </Modal>
    </div>
  )
}

function useKeyboard(items: readonly { id: string }[], selection: ReturnType<typeof useSelection>) {
  const go = useNavigate()
  const [active, setActive] = useState<number>()
  const [help, setHelp] = useState(false)
  const [keysOn, setKeysOn] = useKeysOn()
  const at = active !== undefined && active < items.length ? active : undefined
  useListKeys(
    {
      step: (by) => setActive(at === undefined ? 0 : Math.min(Math.max(at + by, 0), items.length - 1)),
      toggle: (range) => at !== undefined && selection.toggle(items[at]!.id, { range }),
      open: () => at !== undefined && go(`/cases/${items[at]!.id}`),
      none: selection.none,
      help: () => setHelp(true),
    },
    keysOn,
  )
  return { active: at, help, setHelp, keysOn, setKeysOn }
}
