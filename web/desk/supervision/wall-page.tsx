import '../dashboard/board-views.css'
import './wall.css'
import type { NumberCode } from '../../../src/cases/counts/rules/numbers.ts'
import { COLOURS } from '../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useMe } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { useTitle } from '../../ui/use-title.ts'
import { formatMoment } from '../cases/format.ts'
import { type Board, type Months, useBoard } from '../dashboard/queries.ts'
import { useWall } from '../dashboard/use-wall.ts'
import { useRegions } from '../directory.ts'
import { useWallData, type Wall } from './queries.ts'
import { Change } from './scores-page.tsx'
import { Trend } from './trend.tsx'
import { useWallKeys } from './use-wall-keys.ts'

/** 作战图大屏: read from five metres, on a dark ground, new every minute, without a control; the keys stand at its foot. */
export function WallPage() {
  const { t } = useLanguage()
  const me = useMe()
  const regions = useRegions()
  useWall(true)
  const { region, page } = useWallKeys(regions.map((r) => r.code))
  const name = regions.find((r) => r.code === region)?.name ?? t.supervision.wallPage.city
  const title = t.supervision.wallPage.title(me.cityName)
  useTitle(title, t.product)
  const board = useBoard({ by: 'region', region, live: true })
  const wall = useWallData(region)
  return (
    <div className="war" data-page={page}>
      <header className="war-head">
        <h1>{title}</h1>
        <span className="war-region">{name}</span>
        {wall.data && (
          <span className="war-time">
            {wall.isRefetchError ? t.state.stale : t.supervision.wallPage.updated(formatMoment(wall.data.at))}
          </span>
        )}
      </header>
      <Loaded query={board}>
        {(b) => <Loaded query={wall}>{(w) => <Sections board={b} wall={w} region={region} />}</Loaded>}
      </Loaded>
      <footer className="war-keys">{t.supervision.wallPage.keys}</footer>
    </div>
  )
}

function Sections({ board, wall, region }: { board: Board; wall: Wall; region: string | undefined }) {
  return (
    <div className="war-body">
      <Figures board={board} />
      <Counties board={board} />
      <Worst wall={wall} />
      <Letters wall={wall} />
      <ScoreList wall={wall} />
      <Months6 region={region} />
    </div>
  )
}

const FIGURES: readonly NumberCode[] = ['open', 'red', 'yellow', 'green', 'overdue', 'soon', 'cleared_month']

function Figures({ board }: { board: Board }) {
  return (
    <dl className="war-figures">
      {FIGURES.map((code) => (
        <div key={code} className={`war-${code}`}>
          <dt>{board.numbers.find((n) => n.code === code)?.label}</dt>
          <dd>{board.total[code].n}</dd>
        </div>
      ))}
    </dl>
  )
}

function Counties({ board }: { board: Board }) {
  const { t, language } = useLanguage()
  const me = useMe()
  const rows = [...board.rows].sort((x, y) => y.cells.overdue.n - x.cells.overdue.n || y.cells.red.n - x.cells.red.n)
  const most = Math.max(1, ...rows.map((r) => r.cells.open.n))
  const colours = COLOURS.toReversed()
  return (
    <section className="war-panel war-counties" aria-label={t.supervision.wallPage.counties}>
      <h2>{t.supervision.wallPage.counties}</h2>
      <table>
        <caption className="visually-hidden">{t.supervision.wallPage.counties}</caption>
        <thead>
          <tr>
            <th scope="col">{t.board.by.region}</th>
            <th scope="col" className="war-bar">
              <span className="visually-hidden">{t.board.colours}</span>
            </th>
            {colours.map((c) => (
              <th scope="col" key={c}>
                {COLOUR_LABELS[c][language]}
              </th>
            ))}
            <th scope="col">{t.supervision.wallPage.overdue}</th>
          </tr>
        </thead>
        <tbody style={{ '--rows': rows.length + 1 } as Record<string, number>}>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.key === String(me.tenant) ? t.board.cityLevel : row.name}</th>
              <td className="war-bar" aria-hidden="true">
                <span className="war-track" style={{ width: `${(100 * row.cells.open.n) / most}%` }}>
                  {colours.map((c) => (
                    <span key={c} className={`trend-${c}`} style={{ flexGrow: row.cells[c].n }} />
                  ))}
                </span>
              </td>
              {colours.map((c) => (
                <td key={c} className={row.cells[c].n > 0 ? `is-${c}` : 'is-none'}>
                  {row.cells[c].n}
                </td>
              ))}
              <td className={row.cells.overdue.n > 0 ? 'is-red' : 'is-none'}>{row.cells.overdue.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Worst({ wall }: { wall: Wall }) {
  const { t } = useLanguage()
  const regions = useRegions()
  return (
    <section className="war-panel war-worst" aria-label={t.supervision.wallPage.worst}>
      <h2>{t.supervision.wallPage.worst}</h2>
      {wall.worst.length === 0 && <p>{t.supervision.wallPage.noneLate}</p>}
      <ol>
        {wall.worst.map((c) => (
          <li key={c.id}>
            <span className={`war-days is-${c.colour}`}>{t.supervision.wallPage.days(c.days)}</span>
            <span className="war-case">
              <span className="war-name">{c.title}</span>
              <span className="war-who">
                {regions.find((r) => r.code === c.region)?.name} {c.unit}
                {c.leader && ` · ${t.supervision.wallPage.leader}${t.colon}${c.leader}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Letters({ wall }: { wall: Wall }) {
  const { t, language } = useLanguage()
  return (
    <section className="war-panel war-letters" aria-label={t.supervision.wallPage.letters}>
      <h2>{t.supervision.wallPage.letters}</h2>
      <ol>
        {wall.steps.map((s) => (
          <li key={s.kind} className={s.sent + s.drafts === 0 ? 'is-none' : undefined}>
            <span className="war-step">{KIND_LABELS[s.kind][language]}</span>
            <strong>{s.sent}</strong>
            <span className="war-small">{t.supervision.wallPage.drafts(s.drafts)}</span>
            <span className={`war-small ${s.late > 0 ? 'is-red' : ''}`}>{t.supervision.wallPage.lateLetters(s.late)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function ScoreList({ wall }: { wall: Wall }) {
  const { t } = useLanguage()
  const me = useMe()
  const { month, rows, rule } = wall.scores
  return (
    <section className="war-panel war-scores" aria-label={t.supervision.scores}>
      <h2>
        {month ? t.supervision.wallPage.scores(month) : t.supervision.wallPage.noScores}{' '}
        {month && rule.unverified && <span className="war-small">{t.supervision.wallPage.unverified}</span>}
      </h2>
      <ol>
        {rows.map((row) => (
          <li key={row.key}>
            <span className="war-step">{row.key === String(me.tenant) ? t.board.cityLevel : row.name}</span>
            <strong>{row.score}</strong>
            <Change by={row.change} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Months6({ region }: { region: string | undefined }) {
  const { t } = useLanguage()
  const months = useGet<Months>(`/api/board/months?months=6${region ? `&region=${region}` : ''}`, { keep: true, every: 60_000 })
  const total = months.data?.total ?? []
  return (
    <section className="war-panel war-trend" aria-label={t.supervision.wallPage.trend}>
      <h2>{t.supervision.wallPage.trend}</h2>
      {total.length === 0 ? (
        <p className="war-small">{t.supervision.wallPage.noScores}</p>
      ) : (
        <Trend
          big
          months={total.map((m) => ({ month: m.month, counts: { red: m.red.n, yellow: m.yellow.n, green: m.green.n } }))}
        />
      )}
    </section>
  )
}
