import { CsvError, parse } from 'csv-parse/sync'
import { FORMULA } from '../../base/rules/csv.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { cellText } from './cell-text.ts'
import { LIMITS, type Sheet } from './sheet.ts'

const DELIMITERS = [',', ';', '\t'] as const

/** The rows of a csv text, delimited as its first lines are; a row's number counts records, as a spreadsheet does. */
export function parseCsv(text: string): Sheet[] | Refusal {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      to: LIMITS.rows * 2,
    })
    return [{ name: 'csv', rows: numbered(records.map((record) => record.map(unguarded))) }]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refuse('invalid', 'cases/import-csv', { line: Number(error['lines'] ?? 0), found: error.code })
  }
}

// The mark that our own export puts before a cell that a spreadsheet would take for a formula.
function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}

/** Rows of raw cells with their numbers, blank rows left out, empty cells at the end cut. */
export function numbered(rows: readonly (readonly unknown[])[]): Sheet['rows'] {
  return rows.flatMap((row, index) => {
    const cells = row.slice(0, LIMITS.columns).map(cellText)
    const last = cells.findLastIndex((cell) => cell !== '')
    return last < 0 ? [] : [{ line: index + 1, cells: cells.slice(0, last + 1) }]
  })
}

// The delimiter that a usual line has most of; quoted parts do not count, so a comma inside a text decides nothing.
function delimiterOf(text: string): string {
  const unquoted = text.slice(0, 50_000).replace(/"(?:[^"]|"")*"/g, '')
  const lines = unquoted
    .split(/\r\n?|\n/)
    .filter((line) => line !== '')
    .slice(0, 40)
  const score = (delimiter: string) => {
    const counts = lines.map((line) => line.split(delimiter).length).sort((a, b) => a - b)
    return counts[counts.length >> 1] ?? 0
  }
  return DELIMITERS.reduce((best, next) => (score(next) > score(best) ? next : best))
}
