import { Button, Checkbox } from 'antd'
import { Link } from 'react-router'
import { useText } from '../../shell/language.tsx'
import type { Cell, Cluster, Hotspots } from './queries.ts'
import { useHotspotsText } from './texts.ts'

type Props = {
  hotspots: Hotspots
  chosen: readonly number[]
  choose(rank: number, on: boolean): void
  show(cluster: Cluster): void
}

/** What the scan found, the least likely first: where, when, how many against how many, p, and whether the rule calls it frequent. */
export function ClusterList({ hotspots: { scan }, chosen, choose, show }: Props) {
  const t = useHotspotsText()
  if (scan.state !== 'done') {
    const words = { running: t.scanning(scan.done, scan.runs), busy: t.busy, failed: t.failed, few: t.few }[scan.state]
    return (
      <div role="status">
        <p>{words}</p>
        {scan.state === 'running' && <progress value={scan.done} max={scan.runs} aria-label={words} />}
      </div>
    )
  }
  if (scan.clusters.length === 0) return <p>{t.nothing}</p>
  return (
    <ol className="clusters">
      {scan.clusters.map((cluster) => (
        <li key={cluster.rank} className={cluster.frequent ? 'is-frequent' : undefined}>
          <Checkbox
            checked={chosen.includes(cluster.rank)}
            onChange={(e) => choose(cluster.rank, e.target.checked)}
            aria-label={t.choose(placeOf(cluster))}
          />
          <div>
            <p>
              <strong>
                {cluster.rank}. {placeOf(cluster) || t.none}
              </strong>{' '}
              <span className={cluster.frequent ? 'mark mark-warn' : 'mark'}>
                {cluster.frequent ? t.frequent : t.notFrequent}
              </span>
            </p>
            <p>
              {t.window(cluster.from, cluster.to)} · {t.found(cluster.n, cluster.expected, cluster.ratio)} ·{' '}
              <strong>{t.p(cluster.p)}</strong>
            </p>
            <p className="muted small">
              {t.radius(cluster.cells.length)} · {t.llr(cluster.llr)} · {cluster.categoryName ?? t.none}
            </p>
            <p className="row small">
              <Link to={`/cases?${cluster.query}`}>{t.open(cluster.n)}</Link>
              <Button type="link" size="small" onClick={() => show(cluster)}>
                {t.show}
              </Button>
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** How the list, its rule and its seed came about. */
export function Method({ hotspots: { scan, rule, level, km2 } }: { hotspots: Hotspots }) {
  const t = useHotspotsText()
  const { colon } = useText()
  return (
    <div className="small hotspot-method">
      <p>
        <strong>{t.rule(rule.minCases, rule.months, rule.maxP)}</strong>{' '}
        <span className="muted">
          {t.clause}
          {colon}
          {rule.clause.version} ({rule.clause.source})
        </span>
        {rule.clause.unverified && <span className="mark mark-warn">{t.unverified}</span>}
      </p>
      <p className="muted">{t.method(scan.runs, scan.seed, scan.longest)}</p>
      <p className="muted">{t.grid(level, km2.toFixed(1))}</p>
    </div>
  )
}

const MOST_ROWS = 40

/** The cells with the most cases against what is expected of them. */
export function CellTable({ hotspots }: { hotspots: Hotspots }) {
  const t = useHotspotsText()
  return (
    <div className="figures-wrap">
      <table className="figures cells">
        <caption className="visually-hidden">{t.cells}</caption>
        <thead>
          <tr>
            <th scope="col">{t.place}</th>
            <th scope="col">{t.all}</th>
            <th scope="col">{t.recent(hotspots.rule.months)}</th>
            <th scope="col">{t.expected}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.spark}</th>
          </tr>
        </thead>
        <tbody>
          {hotspots.cells.slice(0, MOST_ROWS).map((cell) => (
            <tr key={cell.cell}>
              <th scope="row">
                {placeOf(cell) || t.none} <span className="muted small cell-code">{cell.cell.replace(/f+$/, '')}</span>
              </th>
              <td>
                <Link to={`/cases?${cell.query}`} className="figure-number" aria-label={`${placeOf(cell)} ${t.open(cell.n)}`}>
                  {cell.n}
                </Link>
              </td>
              <td>{cell.recent}</td>
              <td>{cell.expected}</td>
              <td className="cell-kind">{cell.categoryName ?? t.none}</td>
              <td>
                <Spark months={hotspots.months} counts={cell.byMonth} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Cases by month as bars; the text of the picture says each of them. */
export function Spark({ months, counts }: { months: readonly string[]; counts: readonly number[] }) {
  const t = useHotspotsText()
  const most = Math.max(1, ...counts)
  const words = months.flatMap((month, at) => (counts[at] ? [t.sparkOf(month, counts[at]!)] : []))
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${months.length * 4} 20`}
      role="img"
      aria-label={words.join('; ')}
      preserveAspectRatio="none"
    >
      <title>{words.join('\n')}</title>
      {counts.map((n, at) => {
        const height = n === 0 ? 0 : Math.max(2, (n / most) * 19)
        return <rect key={months[at]} x={at * 4} y={19.5 - height} width={3} height={height} />
      })}
    </svg>
  )
}

/** Where something lies in words: the county and the town. */
export function placeOf({ regionName, townName }: Pick<Cell, 'regionName' | 'townName'>): string {
  return [regionName, townName].filter(Boolean).join(' ')
}
