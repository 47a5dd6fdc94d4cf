import { Segmented, Select } from 'antd'
import { STAGES, type Stage, stageLabel } from '../../../src/cases/numbers/rules/stages.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NumberTo } from './number.tsx'
import { type Box, boxesOption } from './options.ts'
import { type KeyedSpread, type StageRow, useStage, useStages } from './queries.ts'
import { useNumbersText } from './texts.ts'
import type { NumbersAddress } from './use-numbers-address.ts'

type Props = { address: NumbersAddress }

/** 各环节用时: how the days are spread, as boxes and as a table with every rank and n. */
export function StagesPanel({ address }: Props) {
  const t = useNumbersText()
  const stages = useStages(address.query, address.count)
  const unit = (
    <Segmented
      aria-label={t.countLabel}
      size="small"
      value={address.count}
      options={(['natural', 'working'] as const).map((value) => ({ value, label: t.count[value] }))}
      onChange={(value) => address.change({ count: value })}
    />
  )
  return (
    <Panel title={t.stages} extra={unit} id="stages">
      <p className="muted small">{t.stagesNote}</p>
      <Loaded query={stages}>
        {(data) => (
          <>
            {data.missing > 0 && <p className="hint">{t.missing(data.missing)}</p>}
            <Boxes boxes={data.stages.map((row) => boxOf(row, row.label))} title={t.stages} />
            <SpreadTable
              head={t.stage}
              minimum={data.minimum.n}
              rows={data.stages.map((row) => ({ ...row, key: row.stage, name: row.label }))}
              choose={(stage) => address.change({ stage })}
            />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

/** One stage, told apart by what the rows of the page are. */
export function StagePanel({ address }: Props) {
  const t = useNumbersText()
  const { language } = useLanguage()
  const { stage, by, count } = address
  const found = useStage(address.query, { stage, by, count })
  const title = t.oneStage(stageLabel(stage)[language], t.by[by])
  const choose = (
    <Select
      aria-label={t.chooseStage}
      size="small"
      className="stage-choice"
      value={stage}
      options={STAGES.map((value) => ({ value, label: stageLabel(value)[language] }))}
      onChange={(value: Stage) => address.change({ stage: value })}
      popupMatchSelectWidth={false}
    />
  )
  return (
    <Panel title={title} extra={choose} id="stage">
      <Loaded query={found}>
        {({ rows, minimum }) => (
          <>
            <Boxes boxes={rows.map((row) => boxOf(row, row.name ?? t.none))} title={title} />
            <SpreadTable head={t.by[by]} minimum={minimum.n} rows={rows.map((row) => ({ ...row, name: row.name ?? t.none }))} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

const MOST_BOXES = 24

function Boxes({ boxes, title }: { boxes: Box[]; title: string }) {
  const t = useNumbersText()
  const shown = boxes.slice(0, MOST_BOXES)
  if (shown.length === 0) return <p className="muted">{t.empty}</p>
  return (
    <Chart
      label={t.chartOf(title)}
      name={title}
      height={40 + shown.length * 38}
      option={(ink) => boxesOption(shown, { t, ink })}
      words={t}
    />
  )
}

function boxOf(row: StageRow | KeyedSpread, name: string): Box {
  const { n, min, p25, median, p75, p90, max } = row
  return { name, n, p25, p75, p90, min: min ?? 0, median: median ?? 0, max: max ?? 0 }
}

type TableRow = KeyedSpread & { name: string; suspended?: { n: number; days: number } }
type TableProps = { head: string; rows: readonly TableRow[]; minimum: number; choose?: (key: Stage) => void }

function SpreadTable({ head, rows, minimum, choose }: TableProps) {
  const t = useNumbersText()
  const ranks = ['min', 'p25', 'median', 'p75', 'p90', 'max'] as const
  const withSuspended = rows.some((row) => row.suspended)
  return (
    <div className="figures-wrap">
      <table className="figures spreads">
        <caption className="visually-hidden">{t.asTable}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t.n}</th>
            {ranks.map((rank) => (
              <th key={rank} scope="col">
                {t[rank]}
              </th>
            ))}
            {withSuspended && <th scope="col">{t.suspended}</th>}
            <th scope="col">{t.spread}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key ?? '-'}>
              <th scope="row">
                {choose ? (
                  <button type="button" className="link-button" onClick={() => choose(row.key as Stage)}>
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </th>
              <td data-label={t.n}>
                <NumberTo n={row.n} query={row.query} what={t.n} name={row.name} />
              </td>
              {ranks.map((rank) => (
                <td key={rank} data-label={t[rank]}>
                  {row[rank] ?? <span className="muted small">{row.n < minimum ? t.fewShort : '—'}</span>}
                </td>
              ))}
              {withSuspended && (
                <td data-label={t.suspended} className="small">
                  {row.suspended && t.suspendedOf(row.suspended.n, row.suspended.days)}
                </td>
              )}
              <td data-label={t.spread}>
                <Strip row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

// A histogram as small as a word: its text says every bar.
function Strip({ row }: { row: TableRow }) {
  const t = useNumbersText()
  const most = Math.max(1, ...row.bins.map((bin) => bin.n))
  const words = row.bins.filter((bin) => bin.n > 0).map((bin) => t.bin(bin.from, bin.to, bin.n))
  return (
    <svg className="strip" viewBox={`0 0 ${17 * 7} 24`} role="img" aria-label={words.join('; ')}>
      <title>{words.join('\n')}</title>
      {row.bins.map((bin, at) => {
        const height = bin.n === 0 ? 0 : Math.max(2, (bin.n / most) * 22)
        return <rect key={bin.from} x={at * 7} y={23 - height} width={6} height={height} />
      })}
      <line x1="0" x2="119" y1="23.5" y2="23.5" />
    </svg>
  )
}
