import type { Day } from '../../base/rules/day.ts'
import { isRefusal, type Params, type Refusal } from '../../base/rules/refusal.ts'
import { COLUMNS, type Field } from './columns.ts'
import { provenDay } from './days.ts'
import type { Row, Table } from './table.ts'
import { codeOf, type Words } from './values.ts'

/** One reason why a row was not taken: the row's number, the column as the sheet calls it, what stands there, what should. */
export type Fault = { line: number; column: string; found: string; expected: string; code: string; params?: Params }

/** Reads the cells of one row and collects what is wrong with them; a faulty cell reads as an empty one. */
export type Reader = {
  readonly faults: Fault[]
  header(field: Field): string
  text(field: Field): string
  day(field: Field, today: Day): Day | undefined
  code<Code extends string>(field: Field, words: Words<Code>): Code | undefined
  codes<Code extends string>(field: Field, words: Words<Code>): Code[]
  /** The answer of a rule, or undefined after its refusal went to the faults. */
  accept<T>(field: Field, answer: T | Refusal): T | undefined
  refuse(field: Field, code: string, o: { found?: string; expected: string }): undefined
}

/** What Excel holds at most in a cell. */
const LONGEST = 32_767

/** A reader of one row of a table. */
export function readerOf(row: Row, headers: Table['headers']): Reader {
  const header = (field: Field) => headers[field] ?? COLUMNS[field][0]
  const faults = [...tooLong(row, header), ...misread(row, header)]
  const text = (field: Field) => (row.fields[field] ?? '').slice(0, LONGEST)
  const refuse: Reader['refuse'] = (field, code, { found = text(field), expected }) => {
    const fault = { line: row.line, column: header(field), found: shown(found), expected, code }
    if (!faults.some((f) => f.column === fault.column && f.found === fault.found && f.code === code)) faults.push(fault)
    return undefined
  }
  const accept: Reader['accept'] = (field, answer) => {
    if (!isRefusal(answer)) return answer
    return refuse(field, answer.code, {
      found: foundIn(answer.params, text(field)),
      expected: String(answer.params.expected ?? answer.params.today ?? ''),
    })
  }
  const codes: Reader['codes'] = (field, words) =>
    text(field)
      .split(LIST)
      .filter(notBlank)
      .flatMap((part) => oneCode(part, { field, words, refuse }))
  const code: Reader['code'] = (field, words) => {
    const cell = text(field)
    return isBlank(cell) ? undefined : oneCode(cell, { field, words, refuse })[0]
  }
  return {
    faults,
    header,
    text,
    accept,
    refuse,
    codes,
    code,
    day: (field, today) => accept(field, provenDay(text(field), today)),
  }
}

function tooLong({ line, fields, others }: Row, header: Reader['header']): Fault[] {
  const named = Object.entries(fields).map(([field, cell]) => [header(field as Field), cell] as const)
  const long = [...named, ...Object.entries(others)].filter(([, cell]) => cell.length > LONGEST)
  const expected = `≤ ${LONGEST}`
  return long.map(([column, cell]) => ({
    line,
    column,
    found: String(cell.length),
    expected,
    code: 'cases/import-cell-too-long',
  }))
}

function misread({ line, fields, misread = {} }: Row, header: Reader['header']): Fault[] {
  return Object.entries(misread).map(([field, expected]) => ({
    ...{ line, column: header(field as Field), found: shown(fields[field as Field] ?? ''), expected },
    code: 'cases/import-bad-day',
  }))
}

const LIST = /[、,，;；/|\n]+/

function oneCode<Code extends string>(part: string, o: { field: Field; words: Words<Code>; refuse: Reader['refuse'] }): Code[] {
  const code = codeOf(o.words, part)
  if (code !== undefined) return [code]
  o.refuse(o.field, 'cases/import-unknown-word', { found: part, expected: o.words.expected })
  return []
}

/** Whether a cell says nothing: empty, a dash, 无. */
export function isBlank(cell: string): boolean {
  return /^[\s/\\—–-]*$|^无$/.test(cell)
}

function notBlank(part: string): boolean {
  return !isBlank(part)
}

function foundIn(params: Params, cell: string): string {
  return params.found === undefined ? cell : String(params.found)
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
