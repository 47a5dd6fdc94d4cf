import '../lists.css'
import './numbers.css'
import { Button } from 'antd'
import { Link } from 'react-router'
import type { Dimension } from '../../../src/cases/numbers/rules/figures.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Chart } from '../../ui/chart.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { FiguresTable, Meanings } from './figures-table.tsx'
import { NumberTo } from './number.tsx'
import { NumbersFilters } from './numbers-filters.tsx'
import { barsOption, heatOption, trendOption } from './options.ts'
import { type Cross, type Numbers, type Row, useCross, useNumbers } from './queries.ts'
import { StagePanel, StagesPanel } from './stages-panel.tsx'
import { useNumbersText } from './texts.ts'
import { type NumbersAddress, useNumbersAddress } from './use-numbers-address.ts'

/** 统计数字: the figures leaders ask for, each with its n, its denominator and the way to its cases. All of it stands in the address. */
export function NumbersPage() {
  const t = useNumbersText()
  const shell = useText()
  const address = useNumbersAddress()
  const numbers = useNumbers(address.query, address.by)
  useTitle(t.title, shell.product)
  const file = (format: string) => `/api/numbers/file?format=${format}&by=${address.by}&${address.query}`
  return (
    <div className="numbers">
      <PageHead
        title={t.title}
        note={numbers.data && t.note(numbers.data.today)}
        extra={
          <div className="numbers-tools">
            <Link to="/numbers/bulletin">{t.bulletin}</Link>
            <a href={file('xlsx')}>{t.xlsx}</a>
            <a href={file('csv')}>{t.csv}</a>
            <Button onClick={() => window.print()}>{t.print}</Button>
          </div>
        }
      />
      <NumbersFilters address={address} />
      <div
        aria-busy={numbers.isFetching && numbers.isPlaceholderData}
        className={numbers.isPlaceholderData ? 'fading' : undefined}
      >
        <Loaded query={numbers}>{(data) => <Shown numbers={data} address={address} />}</Loaded>
      </div>
    </div>
  )
}

const NARROWED: Partial<Record<Dimension, Dimension>> = {
  region: 'unit',
  unit: 'category',
  source: 'region',
  path: 'region',
  category: 'region',
  batch: 'region',
}

function Shown({ numbers, address }: { numbers: Numbers; address: NumbersAddress }) {
  const t = useNumbersText()
  if (numbers.total.total.n === 0) return <MessageBox title={t.empty} text={t.emptyText} />
  const narrow = (row: Row) => address.change({ [numbers.by]: row.key ?? undefined, by: NARROWED[numbers.by] })
  return (
    <>
      <Panel title={t.figuresBy(t.by[numbers.by])} id="figures">
        <FiguresTable numbers={numbers} narrow={NARROWED[numbers.by] ? narrow : undefined} />
        <Bars rows={numbers.rows} />
      </Panel>
      <div className="numbers-pair">
        <TrendPanel address={address} />
        <CrossPanel query={address.query} />
      </div>
      <StagesPanel address={address} />
      <StagePanel address={address} />
      <Meanings figures={numbers.figures} minimum={numbers.minimum} />
    </>
  )
}

const MOST_BARS = 30

function Bars({ rows }: { rows: readonly Row[] }) {
  const t = useNumbersText()
  const shown = [...rows].sort((a, b) => b.cells.total.n - a.cells.total.n).slice(0, MOST_BARS)
  return (
    <Chart
      label={t.chartOf(t.bars)}
      name={t.bars}
      height={60 + shown.length * 28}
      option={(ink) => barsOption(shown, { t, ink })}
      words={t}
    />
  )
}

function TrendPanel({ address }: { address: NumbersAddress }) {
  const t = useNumbersText()
  const months = useNumbers(address.query, 'month')
  return (
    <Panel title={`${t.trend} · ${t.trendOn[address.on]}`} id="trend">
      <Loaded query={months}>
        {({ rows }) => (
          <>
            <Chart
              label={t.chartOf(t.trend)}
              name={t.trend}
              height={300}
              option={(ink) => trendOption(rows.slice(-36), { t, ink })}
              words={t}
            />
            <MonthTable rows={rows.slice(-36)} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function MonthTable({ rows }: { rows: readonly Row[] }) {
  const t = useNumbersText()
  const columns = ['total', 'done', 'open', 'overdue', 'ended'] as const
  const label = { total: t.total, done: t.done, open: t.openInTime, overdue: t.overdue, ended: t.ended }
  return (
    <details>
      <summary>{t.asTable}</summary>
      <div className="figures-wrap">
        <table className="figures">
          <caption className="visually-hidden">{t.trend}</caption>
          <thead>
            <tr>
              <th scope="col">{t.by.month}</th>
              {columns.map((code) => (
                <th key={code} scope="col">
                  {label[code]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {columns.map((code) => (
                  <td key={code}>
                    {code === 'open' ? (
                      row.cells.open.n - row.cells.overdue.n
                    ) : (
                      <NumberTo n={row.cells[code].n} query={row.cells[code].query} what={label[code]} name={row.name ?? ''} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function CrossPanel({ query }: { query: string }) {
  const t = useNumbersText()
  const cross = useCross(query)
  return (
    <Panel title={t.cross} id="cross">
      <Loaded query={cross}>
        {(data) => (
          <>
            <Chart
              label={t.chartOf(t.cross)}
              name={t.cross}
              height={90 + data.rows.length * 26}
              option={(ink) => heatOption(data, { t, ink })}
              words={t}
            />
            <p className="muted small">{t.crossNote}</p>
            <CrossTable cross={data} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function CrossTable({ cross: { rows, columns, cells } }: { cross: Cross }) {
  const t = useNumbersText()
  const cellOf = (key: string | null, across: string | null) => cells.find((cell) => cell.key === key && cell.across === across)
  return (
    <details>
      <summary>{t.asTable}</summary>
      <div className="figures-wrap">
        <table className="figures">
          <caption className="visually-hidden">{t.cross}</caption>
          <thead>
            <tr>
              <th scope="col">{t.by.region}</th>
              {columns.map((column) => (
                <th key={column.key ?? '-'} scope="col">
                  {column.name ?? t.none}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key ?? '-'}>
                <th scope="row">{row.name ?? t.none}</th>
                {columns.map((column) => {
                  const cell = cellOf(row.key, column.key)
                  const name = `${row.name ?? t.none} ${column.name ?? t.none}`
                  return (
                    <td key={column.key ?? '-'}>
                      <NumberTo n={cell?.n ?? 0} query={cell?.query ?? ''} what={t.total} name={name} />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
