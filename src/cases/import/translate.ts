import type { Field } from './columns.ts'
import type { DateOrder, Mapping } from './mapping.ts'

/** What a mapping makes of a cell: our words, and what was expected where the cell cannot be read as the mapping says. */
export type Translation = { text: string; expected?: string }

/** A cell in our words: by the mapping's table of values, then, in a column of days, in our order of year, month and day. */
export function translate(mapping: Mapping, field: Field, cell: string): Translation {
  const text = ourWord(mapping, field, cell)
  return mapping.dates === 'ymd' || !DAYS.has(field) ? { text } : ourDay(text, mapping.dates)
}

// A pattern may look at a long cell for long, and no word of a closed list is long.
const LONGEST_WORD = 200

function ourWord({ values }: Mapping, field: Field, cell: string): string {
  const table = values[field]
  if (!table) return cell
  const exact = table.exact.get(cell)
  if (exact !== undefined || cell.length > LONGEST_WORD) return exact ?? cell
  return table.patterns.find(({ fits }) => fits.test(cell))?.value ?? cell
}

const DAYS: ReadonlySet<Field> = new Set<Field>([
  ...(['term', 'selfChecked', 'countyAccepted', 'cityAccepted', 'noticeFrom', 'noticeTo', 'filedOn', 'closedOn'] as const),
  ...(['recheckDue', 'reportedOn', 'assignedOn', 'signedOn', 'foundOn'] as const),
])

const THREE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M)?)?$/i
const OURS = /^\d{4}-\d{1,2}-\d{1,2}(?:\D|$)/
const WRITTEN: Record<DateOrder, string> = { ymd: 'YYYY-MM-DD', mdy: 'MM/DD/YYYY', dmy: 'DD/MM/YYYY' }

// A cell with digits in no order that was said must not be guessed: 04/05/06 could be three days.
function ourDay(text: string, order: DateOrder): Translation {
  const found = THREE.exec(text)
  if (!found) return OURS.test(text) || !/\d/.test(text) ? { text } : { text, expected: WRITTEN[order] }
  const [, first, second, year] = found
  const [month, day] = order === 'mdy' ? [first!, second!] : [second!, first!]
  return { text: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }
}

/** What stands between the two numbers of a point in one cell. */
export const POINT_MARKS = /\s*[,，;；、\n]\s*|\s+/

/** Whether both numbers of a point have fewer decimals than asked: 39, −77 is a degree square, not a place. */
export function isCoarse(lng: string, lat: string, decimals: number): boolean {
  return [lng, lat].every((text) => {
    const found = /^[+-]?\d+(?:\.(\d+))?$/.exec(text.trim())
    return found !== null && (found[1] ?? '').replace(/0+$/, '').length < decimals
  })
}
