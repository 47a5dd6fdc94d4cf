import type { Colour } from '../../../src/cases/rules/codes.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useRowName } from './board-row.tsx'
import { ColourBar, sumOf } from './colour-bar.tsx'
import { type Order, ordered } from './order.ts'
import { type Board, type Cell, type Month, type MonthCells, type Months, useMonths } from './queries.ts'

/** 月度三色: the frozen colours of each month by county, and those of today, which are not frozen yet. */
export function MonthPanel({ board, order, region }: { board: Board; order: Order; region: string | undefined }) {
  const t = useText()
  const months = useMonths(region)
  return (
    <Panel title={t.board.months} id="months">
      <p className="muted small months-note">{t.board.monthsNote}</p>
      <Loaded query={months}>
        {(data) => <MonthTable months={data.months} rows={rowsOf(data, { board, order, region, total: t.board.total })} />}
      </Loaded>
    </Panel>
  )
}

type Row = { key: string; name: string; months: MonthCells[]; now?: Record<Colour, Cell> | undefined }

// In the order of the board above; of one county, that county alone.
function rowsOf(data: Months, o: { board: Board; order: Order; region: string | undefined; total: string }): Row[] {
  if (o.region) return data.rows.filter(({ key }) => key === o.region).map((row) => ({ ...row, now: o.board.total }))
  const place = ordered(o.board.rows, o.order).map(({ key }) => key)
  const rows = data.rows.map((row) => ({ ...row, now: o.board.rows.find(({ key }) => key === row.key)?.cells }))
  rows.sort((x, y) => place.indexOf(x.key) - place.indexOf(y.key))
  return [{ key: '', name: o.total, months: data.total, now: o.board.total }, ...rows]
}

function MonthTable({ months, rows }: { months: Month[]; rows: Row[] }) {
  const t = useText()
  return (
    <div className="board-wrap">
      <table className="month-table">
        <caption className="visually-hidden">{t.board.months}</caption>
        <thead>
          <tr className="month-heads">
            <th scope="col">{t.board.by.region}</th>
            {months.map((month) => (
              <th key={month.month} scope="col">
                <span className="month-name">{month.month}</span> <FrozenMark month={month} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MonthRow key={row.key} row={row} months={months} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FrozenMark({ month: { ended, frozenOn } }: { month: Month }) {
  const t = useText()
  if (frozenOn) return <span className="mark mark-good">{t.board.frozenOn(frozenOn)}</span>
  return <span className={ended ? 'mark mark-warn' : 'mark'}>{ended ? t.board.notFrozen : t.board.notYet}</span>
}

function MonthRow({ row, months }: { row: Row; months: Month[] }) {
  const name = useRowName(row, 'region')
  const sums = [...row.months, ...(row.now ? [row.now] : [])].map(sumOf)
  const most = Math.max(1, ...sums)
  return (
    <tr className={row.key === '' ? 'month-row board-total' : 'month-row'}>
      <th scope="row" className="month-name">
        {name}
      </th>
      {months.map(({ month, ended, frozenOn }) => {
        const cells = ended ? row.months.find((m) => m.month === month) : row.now
        return (
          <td key={month} data-label={month}>
            <span className="phone-only">
              <FrozenMark month={{ month, ended, frozenOn }} />
            </span>
            {cells ? <MonthCell cells={cells} name={`${name} ${month}`} most={most} /> : <span className="muted">—</span>}
          </td>
        )
      })}
    </tr>
  )
}

function MonthCell({ cells, name, most }: { cells: Record<Colour, Cell> & { manual?: number }; name: string; most: number }) {
  const t = useText()
  if (sumOf(cells) === 0) return <span className="muted small">{t.board.none}</span>
  return (
    <div title={cells.manual ? t.board.manual(cells.manual) : undefined}>
      <ColourBar cells={cells} name={name} of={most} />
    </div>
  )
}
