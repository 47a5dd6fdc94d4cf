import type { Day } from '../../base/rules/day.ts'
import { parseTerm, type Term } from '../../base/rules/term.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Duty, Measure, Place } from '../rules/case.ts'
import { LINE, type State } from '../rules/codes.ts'
import { given } from '../rules/given.ts'
import type { PathRule } from '../rules/path-rule.ts'
import { needsCity } from '../rules/paths.ts'
import { numberedParts } from './claims.ts'
import type { Found } from './facts.ts'
import type { Head } from './head.ts'
import { isBlank, type Reader } from './reader.ts'

/** A row that was put in a state: what the records of its way there are made of. */
export type Placed = {
  state: State
  place: Place
  found: Found
  rule: PathRule
  duties: readonly Duty[]
  term: Term | undefined
  head: Head
}

/** What the row records of the way to its state: dispatch, plan, progress, acceptances, notice, filing, clear-off or another end. */
export function recordsOf(reader: Reader, o: Placed): Partial<ImportedStart> {
  const { days, notice } = o.found
  return given({
    planDocNo: filled(reader, 'planDocNo') ?? o.head.planDocNo,
    foundOn: days.found,
    assignedOn: days.assigned,
    plan: planOf(reader, o),
    progress: progressOf(reader, o),
    checks: checksOf(reader, o),
    notice: notice && o.rule.window === 'notice' ? { kind: 'notice' as const, from: notice.from, lastDay: notice.to } : undefined,
    filing: filingOf(reader, o),
    recheck: recheckOf(reader, o),
    closedOn: o.state === 'closed' ? (days.closed ?? days.asOf) : undefined,
    ended: endedOf(reader, o),
  }) as Partial<ImportedStart>
}

// A plan may lack some of the five fields of Code art. 29: they stay empty, and the case says which (rules/incomplete.ts).
function planOf(reader: Reader, o: Placed): ImportedStart['plan'] {
  const [goal, measures] = [filled(reader, 'goal') ?? '', filled(reader, 'measures') ?? '']
  if (goal === '' && measures === '') return undefined
  const implementer = o.duties.find((duty) => duty.as === 'responsible')
  const acceptance = o.duties.find((duty) => duty.as === 'acceptance')
  const docNo = filled(reader, 'planDocNo') ?? o.head.planDocNo
  return {
    implementer: implementer?.org ?? '',
    implementerName: implementer?.orgName ?? '',
    goal,
    term: o.term ?? { words: '', kind: 'unknown' },
    measures: measuresOf(measures, doneDay(o)),
    acceptanceUnit: acceptance?.org ?? '',
    acceptanceUnitName: acceptance?.orgName ?? '',
    ...(docNo && { docNo }),
  }
}

function measuresOf(text: string, doneOn: Day | undefined): Measure[] {
  if (text === '') return []
  const parts = numberedParts(text)
  return (parts.length > 0 ? parts : [text]).map((part, at) => ({
    id: `m${at + 1}`,
    text: part,
    ...(doneOn && { doneOn }),
    milestones: [],
  }))
}

// Whoever checks a rectification says that its measures are done.
function doneDay({ state, found: { days } }: Placed): Day | undefined {
  const passed = LINE.indexOf(state as (typeof LINE)[number]) >= LINE.indexOf('self_checked')
  return passed ? days.doneBy : undefined
}

function progressOf(reader: Reader, { found: { days } }: Placed): ImportedStart['progress'] {
  const text = filled(reader, 'progress')
  const percent = percentOf(reader)
  if (text === undefined && percent === undefined) return undefined
  return [{ on: days.doneBy, text: text ?? `${percent}%`, ...(percent !== undefined && { percent }) }]
}

function percentOf(reader: Reader): number | undefined {
  const cell = filled(reader, 'percent')
  if (cell === undefined) return undefined
  const number = Number(cell.normalize('NFKC').replace('%', ''))
  const percent = cell.includes('%') || cell.includes('％') || number > 1 ? number : number * 100
  if (percent >= 0 && percent <= 100) return Math.round(percent)
  return reader.refuse('percent', 'cases/import-bad-percent', { expected: '0–100 %' })
}

// 验收 is the city's where this case needs the city, the county's otherwise.
function checksOf(reader: Reader, o: Placed): ImportedStart['checks'] {
  const { days, facts } = o.found
  const final = days.city ?? (facts.cityAccepted && days.asOf)
  const opinion = filled(reader, 'opinion') ?? (final && `${reader.header('cityAccepted')} ${reader.text('cityAccepted')}`.trim())
  const last = final && { on: final, conclusion: opinion ?? '' }
  const county = days.county && {
    on: days.county,
    conclusion: `${reader.header('countyAccepted')} ${reader.text('countyAccepted')}`,
  }
  const self = (days.self ?? facts.selfChecked) && {
    on: days.self ?? days.asOf,
    conclusion: filled(reader, 'selfCheckText') ?? '',
  }
  const city = needsCity({ place: o.place }, o.rule)
  const checks = given({ self: self || undefined, county: city ? county : (last ?? county), city: city ? last : undefined })
  return Object.keys(checks).length > 0 ? checks : undefined
}

function filingOf(reader: Reader, { found: { days, facts }, rule }: Placed): ImportedStart['filing'] {
  if (!facts.filed || !rule.states.includes('filed')) return undefined
  return {
    docNo: reader.text('filingNo'),
    filedWith: filled(reader, 'filedWith') ?? '',
    on: days.filed ?? days.closed ?? days.asOf,
  }
}

function recheckOf(reader: Reader, { state }: Placed): ImportedStart['recheck'] {
  const due = state === 'closed' ? parseTerm(filled(reader, 'recheckDue') ?? '').day : undefined
  return due && { due }
}

function endedOf(reader: Reader, { state, found: { days } }: Placed): ImportedStart['ended'] {
  if (state !== 'unfounded' && state !== 'declined' && state !== 'transferred') return undefined
  const reason = filled(reader, 'investigation') ?? filled(reader, 'note') ?? reader.text('status')
  const to = state === 'transferred' ? filled(reader, 'note') : undefined
  return { on: days.closed ?? days.asOf, reason, ...(to && { to }) }
}

function filled(reader: Reader, field: Parameters<Reader['text']>[0]): string | undefined {
  return isBlank(reader.text(field)) ? undefined : reader.text(field)
}
