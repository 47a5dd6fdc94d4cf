import '../lists.css'
import '../numbers/numbers.css'
import './hotspots.css'
import { Button, Select } from 'antd'
import { useCallback, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { optionsOf } from '../cases/closed-lists.ts'
import { useRegions } from '../directory.ts'
import { CellTable, ClusterList, Method } from './cluster-list.tsx'
import { HexMap } from './hex-map.tsx'
import { type Cluster, type Hotspots, useHotspots } from './queries.ts'
import { TaskList } from './task-list.tsx'
import { useHotspotsText } from './texts.ts'

const NAMES = ['region', 'category', 'source', 'level', 'months', 'windows', 'seed'] as const
type Name = (typeof NAMES)[number]

/** 热点排查: where and when more came than is usual there and then, how surely, and from it a list of places to look at. */
export function HotspotsPage() {
  const t = useHotspotsText()
  const { t: shell } = useLanguage()
  const [search, setSearch] = useSearchParams()
  const given = NAMES.flatMap((name): [Name, string][] => (search.get(name) ? [[name, search.get(name)!]] : []))
  const query = new URLSearchParams(given).toString()
  const [waiting, setWaiting] = useState(true)
  const found = useHotspots(query, waiting)
  const state = found.data?.scan.state
  const waits = state === undefined || state === 'running' || state === 'busy'
  if (waits !== waiting) setWaiting(waits)
  useTitle(t.title, shell.product)
  const change = (name: Name, value: string | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  const { data } = found
  return (
    <div className="hotspots">
      <PageHead
        title={t.title}
        note={
          data && (
            <span role="status">
              {t.note(data.total, data.months[0]!, data.months.at(-1)!)}
              {data.unplaced > 0 && ` · ${t.unplaced(data.unplaced)}`}
            </span>
          )
        }
      />
      <Filters values={Object.fromEntries(given)} change={change} reset={() => setSearch({})} />
      <div aria-busy={found.isFetching && found.isPlaceholderData} className={found.isPlaceholderData ? 'fading' : undefined}>
        <Loaded query={found}>{(hotspots) => <Shown hotspots={hotspots} query={query} />}</Loaded>
      </div>
    </div>
  )
}

function Shown({ hotspots, query }: { hotspots: Hotspots; query: string }) {
  const t = useHotspotsText()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<number[]>([])
  const [look, setLook] = useState<Cluster['centre']>()
  const pick = useCallback(
    (code: string) => {
      const cell = hotspots.cells.find((one) => one.cell === code)
      if (cell) void navigate(`/cases?${cell.query}`)
    },
    [hotspots, navigate],
  )
  if (hotspots.total === 0) return <MessageBox title={t.empty} text={t.emptyText} />
  const choose = (rank: number, on: boolean) =>
    setChosen(on ? [...chosen, rank].sort((a, b) => a - b) : chosen.filter((r) => r !== rank))
  const fileOf = (format: string) => `/api/hotspots/file?format=${format}&ranks=${chosen.join(',')}&${query}`
  return (
    <>
      <div className="hotspots-pair">
        <HexMap hotspots={hotspots} look={look} onPick={pick} />
        <Panel title={t.clusters} id="clusters">
          <ClusterList hotspots={hotspots} chosen={chosen} choose={choose} show={({ centre }) => setLook({ ...centre })} />
          <Method hotspots={hotspots} />
        </Panel>
      </div>
      <TaskList hotspots={hotspots} chosen={chosen} fileOf={fileOf} />
      <Panel title={t.cells} id="cells">
        <CellTable hotspots={hotspots} />
        <p className="muted small">{t.cellsNote}</p>
      </Panel>
    </>
  )
}

type FilterProps = { values: Partial<Record<Name, string>>; change(name: Name, value: string | undefined): void; reset(): void }

function Filters({ values, change, reset }: FilterProps) {
  const t = useHotspotsText()
  const { language } = useLanguage()
  const regions = useRegions().map((area) => ({ value: area.code, label: area.name }))
  const free = (name: 'region' | 'category' | 'source', options: { value: string; label: string }[]) => (
    <Select
      aria-label={t[name]}
      placeholder={t[name]}
      options={options}
      value={values[name] ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(value: string | null | undefined) => change(name, value ?? undefined)}
      className="filter"
    />
  )
  const fixed = (name: 'level' | 'months' | 'windows', label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      options={options}
      value={values[name] ?? DEFAULTS[name]}
      popupMatchSelectWidth={false}
      onChange={(value: string) => change(name, value === DEFAULTS[name] ? undefined : value)}
    />
  )
  return (
    <search className="filters" aria-label={t.filters}>
      {free('region', regions)}
      {free('category', optionsOf('category', language))}
      {free('source', optionsOf('source', language))}
      {fixed(
        'months',
        t.monthsLabel,
        ['12', '24', '36'].map((value) => ({ value, label: t.months(Number(value)) })),
      )}
      {fixed(
        'level',
        t.levelLabel,
        ['5', '6', '7'].map((value) => ({ value, label: t.level[Number(value)]! })),
      )}
      {fixed(
        'windows',
        t.windowsLabel,
        (['all', 'alive'] as const).map((value) => ({ value, label: t.windows[value] })),
      )}
      {Object.keys(values).length > 0 && (
        <Button type="link" onClick={reset}>
          {t.reset}
        </Button>
      )}
    </search>
  )
}

const DEFAULTS = { level: '6', months: '24', windows: 'all' } as const
