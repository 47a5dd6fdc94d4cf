import type { Field } from './columns.ts'
import type { Found } from './facts.ts'
import { isBlank, type Reader } from './reader.ts'
import type { Row } from './table.ts'

// Cells whose own words say more than the field that was read from them.
const KEPT: readonly Field[] = [
  ...([
    'no',
    'region',
    'regionUnits',
    'leader',
    'selfChecked',
    'countyAccepted',
    'cityAccepted',
    'notice',
    'noticeFrom',
    'noticeTo',
  ] as const),
  ...(['signedOn', 'filedOn', 'closedOn', 'recheckDue', 'status', 'finding', 'penalty', 'note', 'percent', 'systemNo'] as const),
]

// The key under which a case keeps the column that proved its state.
const BECAUSE = '状态依据'

/**
 * What the sheet said beside the fields: columns that are none of ours, words that a day or a code does not hold, what a mapping
 * changed, what proved the state.
 */
export function wordsOf(reader: Reader, row: Row, o: { because: Field | undefined; found: Found }): Record<string, string> {
  const kept = KEPT.filter((field) => !isBlank(reader.text(field))).map((field) => [reader.header(field), reader.text(field)])
  const undated =
    o.because === 'status' && !o.found.days.closed ? [[reader.header('closedOn'), `表中未列，按 ${o.found.days.asOf} 计`]] : []
  const proof = o.because ? [[BECAUSE, reader.header(o.because)]] : []
  const said = Object.entries(row.said ?? {}).map(([field, cell]) => [reader.header(field as Field), cell])
  return { ...row.others, ...Object.fromEntries([...kept, ...undated, ...said, ...proof]) }
}
