import type { FigureCode } from '../../../src/cases/numbers/rules/figures.ts'
import { useText } from '../../shell/language.tsx'
import { NumberTo } from './number.tsx'
import type { FigureCell, FigureWords, Minimum, Numbers, Row } from './queries.ts'
import { useNumbersText } from './texts.ts'

/** Every figure of every row with the total above: the number, and below it the share with what it is a share of. */
export function FiguresTable({ numbers, narrow }: { numbers: Numbers; narrow?: ((row: Row) => void) | undefined }) {
  const t = useNumbersText()
  const total: Row = { key: '', name: t.all, cells: numbers.total }
  return (
    <div className="figures-wrap">
      <table className="figures">
        <caption className="visually-hidden">{t.figures}</caption>
        <thead>
          <tr>
            <th scope="col">{t.by[numbers.by]}</th>
            {numbers.figures.map((words) => (
              <th key={words.code} scope="col" title={words.text}>
                {words.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[total, ...numbers.rows].map((row) => (
            <tr key={row.key ?? '-'} className={row.key === '' ? 'figures-total' : undefined}>
              <RowHead row={row} by={numbers.by} narrow={row.key === '' ? undefined : narrow} />
              {numbers.figures.map((words) => (
                <td key={words.code} data-label={words.label}>
                  <Figure
                    words={words}
                    cell={row.cells[words.code]}
                    name={nameOf(row, t, numbers.by)}
                    minimum={numbers.minimum}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RowHead({ row, by, narrow }: { row: Row; by: Numbers['by']; narrow?: ((row: Row) => void) | undefined }) {
  const t = useNumbersText()
  const name = nameOf(row, t, by)
  return (
    <th scope="row">
      {narrow && row.key !== null ? (
        <button type="button" className="link-button" onClick={() => narrow(row)}>
          {name}
        </button>
      ) : (
        name
      )}
    </th>
  )
}

const nameOf = (row: Row, t: ReturnType<typeof useNumbersText>, by: Numbers['by']) =>
  row.name ?? (by === 'batch' ? t.noBatch : t.none)

type FigureProps = { words: FigureWords; cell: FigureCell; name: string; minimum: Minimum }

function Figure({ words, cell, name, minimum }: FigureProps) {
  const t = useNumbersText()
  const { n, query, of, percent } = cell
  return (
    <>
      <NumberTo n={n} query={query} what={words.label} name={name} />
      {of !== undefined && (
        <span className="figure-share" title={`${t.of}${words.ofText}`}>
          {of === 0 ? t.noneOf : percent === null || percent === undefined ? t.few(of, minimum.n) : t.percentOf(percent, of)}
        </span>
      )}
    </>
  )
}

/** What each number counts and out of what: for a phone and for paper, where nothing hovers. */
export function Meanings({ figures, minimum }: { figures: readonly FigureWords[]; minimum: Minimum }) {
  const t = useNumbersText()
  const { colon } = useText()
  return (
    <details className="panel figure-meanings">
      <summary>{t.meaning}</summary>
      <dl className="panel-body">
        {figures.map(({ code, label, text, ofText }: FigureWords & { code: FigureCode }) => (
          <div key={code}>
            <dt>{label}</dt>
            <dd>
              {text}
              {ofText && <span className="muted"> {t.of + ofText}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="panel-body small">
        {t.rule(minimum.n, minimum.clause.version)}
        {colon}
        {minimum.clause.source}
        {minimum.clause.unverified && <span className="mark mark-warn"> {t.unverified}</span>}
      </p>
    </details>
  )
}
