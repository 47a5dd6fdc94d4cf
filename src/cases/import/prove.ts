import { type Day, yearOf } from '../../base/rules/day.ts'
import { type Law, ruleAt } from '../../base/rules/law.ts'
import { parseTerm, type Term } from '../../base/rules/term.ts'
import type { Area } from '../../places/rules/area.ts'
import type { Crs } from '../../places/rules/crs.ts'
import type { ImportedStart } from '../rules/act.ts'
import { SOURCE_PATHS, type SourceType } from '../rules/codes.ts'
import { given } from '../rules/given.ts'
import type { PathRule } from '../rules/path-rule.ts'
import { claimsOf } from './claims.ts'
import type { Layout } from './columns.ts'
import { factsOf } from './facts.ts'
import type { Head } from './head.ts'
import { importKey } from './key.ts'
import { provenState } from './ladder.ts'
import { placeOf } from './place.ts'
import { type Fault, isBlank, type Reader, readerOf } from './reader.ts'
import { recordsOf } from './records.ts'
import type { Row, Table } from './table.ts'
import { dutiesOf, type FindOrg, leaderOf } from './units.ts'
import {
  CATEGORIES,
  FINDINGS_IN_WORDS,
  POLLUTIONS,
  SECRECIES,
  SEVERITIES_IN_WORDS,
  SOURCES,
  secrecyLevel,
  THINGS_IN_WORDS,
  YES_NO,
} from './values.ts'
import { wordsOf } from './words.ts'

/** All that proving a row takes from outside; `source` and `batch` are what the command said, a column of the row comes before them. */
export type Proving = {
  today: Day
  law: Law
  areas: readonly Area[]
  find: FindOrg
  layout: Layout
  headers: Table['headers']
  crs?: Crs | undefined
  head: Head
  source?: SourceType | undefined
  batch?: string | undefined
  file?: string | undefined
}

/** A row as the first state of a case (with the number it has in this system, if it came from here), or what is wrong with it. */
export type Proven = { line: number; start: ImportedStart; systemNo?: string } | { line: number; faults: Fault[] }

/** Puts one row in the state that its columns prove; pure, never throws, refuses every fault of the row at once. */
export function proveRow(row: Row, o: Proving): Proven {
  const reader = readerOf(row, o.headers)
  const start = startOf(reader, row, o)
  if (!start || reader.faults.length > 0) return { line: row.line, faults: reader.faults }
  const systemNo = reader.text('systemNo')
  return { line: row.line, start, ...(systemNo && { systemNo }) }
}

function startOf(reader: Reader, row: Row, o: Proving): ImportedStart | undefined {
  const text = problemOf(reader)
  const source = sourceOf(reader, o)
  const place = placeOf(reader, {
    areas: o.areas,
    crs: o.crs,
    cityWide: o.layout === 'closure' && source !== undefined && SOURCE_PATHS[source] === 'inspection',
  })
  const term = termOf(reader, o)
  const found = factsOf(reader, { ...o, term })
  const rule = source && ruleAt<PathRule>(o.law.rules, 'path', SOURCE_PATHS[source], o.today).value
  const described = describe(reader, { text: text ?? '', claimed: o.layout === 'petition' || rule?.claims === true })
  const leader = leaderOf(reader.text('leader'))
  if (rule === undefined || text === undefined || source === undefined || place === undefined) return undefined
  const { state, because } = provenState(found.facts, { rule, place })
  const batch = reader.text('batch') || o.batch || o.head.batch || ''
  const duties = dutiesOf(row.fields, o)
  return {
    ...{ source, originalText: text, title: titleOf(reader.text('title') || text), place, state },
    reportedOn: found.days.reported,
    key: importKey({ source, batch, originalNo: reader.text('originalNo'), text }),
    row: row.line,
    duties,
    ...given({
      file: o.file,
      batch: batch || undefined,
      originalNo: reader.text('originalNo') || undefined,
      term,
      leader,
    }),
    ...(term?.day && { due: term.day }),
    ...described,
    ...recordsOf(reader, { state, place, found, rule, duties, term, head: o.head }),
    words: wordsOf(reader, row, { because, found }),
  }
}

function describe(reader: Reader, o: { text: string; claimed: boolean }): Partial<ImportedStart> {
  const pollution = reader.codes('pollution', POLLUTIONS)
  const findings = reader.codes('finding', FINDINGS_IN_WORDS)
  const investigation = reader.text('investigation')
  const claimed = o.claimed || findings.length > 0 || investigation !== ''
  const secrecy = reader.code('secrecy', SECRECIES)
  return {
    pollution,
    ...(claimed && { claims: claimsOf({ text: o.text, pollution, findings, investigation }) }),
    ...(secrecy && { secrecy: secrecyLevel(secrecy) }),
    ...given({
      category: reader.code('category', CATEGORIES),
      thing: reader.code('thing', THINGS_IN_WORDS),
      severity: reader.code('severity', SEVERITIES_IN_WORDS),
      common: yes(reader, 'common'),
      sample: yes(reader, 'sample'),
      enterprise: textOf(reader, 'enterprise'),
      contact: textOf(reader, 'contact'),
    }),
  }
}

function problemOf(reader: Reader): string | undefined {
  const text = reader.text('problem')
  return isBlank(text) ? reader.refuse('problem', 'cases/import-no-problem', { expected: reader.header('problem') }) : text
}

function sourceOf(reader: Reader, o: Proving): SourceType | undefined {
  if (!isBlank(reader.text('source'))) return reader.code('source', SOURCES)
  return o.source ?? o.head.source ?? reader.refuse('source', 'cases/import-no-source', { expected: SOURCES.expected })
}

// Only a day that cannot be is a fault; words that cannot be understood are kept, and the row is incomplete.
function termOf(reader: Reader, o: Proving): Term | undefined {
  const cell = reader.text('term')
  if (isBlank(cell)) return undefined
  const year = /\d{4}/.exec(`${reader.text('assignedOn')} ${reader.text('reportedOn')}`)?.[0]
  const term = parseTerm(cell, { year: year ? Number(year) : yearOf(o.head.asOf ?? o.today) })
  if (term.problem?.code !== 'term/impossible-day') return term
  return reader.refuse('term', 'cases/import-bad-day', { found: cell, expected: String(term.problem.params.expected) })
}

// The first sentence, short enough for a list.
function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const sentence = line.split(/[。！？!?]/)[0]!
  return [...(sentence || line)].slice(0, 60).join('')
}

function yes(reader: Reader, field: 'common' | 'sample'): boolean | undefined {
  const answer = reader.code(field, YES_NO)
  return answer && answer === 'yes'
}

function textOf(reader: Reader, field: 'enterprise' | 'contact'): string | undefined {
  return isBlank(reader.text(field)) ? undefined : reader.text(field)
}
