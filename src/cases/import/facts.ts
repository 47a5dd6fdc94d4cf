import type { Day } from '../../base/rules/day.ts'
import type { Term } from '../../base/rules/term.ts'
import type { Layout } from './columns.ts'
import { daysOfWindow, isRefusing } from './days.ts'
import type { Head } from './head.ts'
import type { Facts } from './ladder.ts'
import { isBlank, type Reader } from './reader.ts'
import { FINDINGS_IN_WORDS, STATUSES } from './values.ts'

/**
 * The days that the columns prove; `reported` is the earliest of all where no column gives it, `asOf` the day the sheet speaks of
 * (its title's, or the day of the import), `doneBy` the first day by which the work was certainly done.
 */
type Days = {
  reported: Day
  asOf: Day
  doneBy: Day
  assigned?: Day
  signed?: Day
  found?: Day
  self?: Day
  county?: Day
  city?: Day
  filed?: Day
  closed?: Day
}

/** What a row proves: the facts for the ladder, the days, and the window of its public notice. */
export type Found = { facts: Facts; days: Days; notice?: { from: Day; to: Day } }

/** Reads everything in a row that proves how far it has come. */
export function factsOf(reader: Reader, o: { today: Day; head: Head; layout: Layout; term: Term | undefined }): Found {
  const notice = noticeOf(reader, o)
  const days = daysOf(reader, { ...o, notice })
  const status = reader.code('status', STATUSES)
  const findings = reader.text('finding') ? reader.codes('finding', FINDINGS_IN_WORDS) : []
  const has = (...fields: Parameters<Reader['text']>[0][]) => fields.find((field) => !isBlank(reader.text(field)))
  const done = (field: 'opinion' | 'selfCheckText' | 'filingNo') =>
    has(field) && !isRefusing(reader.text(field)) ? field : undefined
  const units = has('implementer', 'responsible', 'lead', 'regionUnits')
  const content = has('goal', 'measures')
  const facts = {
    category: has('category'),
    units,
    leader: has('leader'),
    term: o.term && ('term' as const),
    handedOver: (days.assigned && ('assignedOn' as const)) ?? (o.layout === 'petition' ? units : undefined),
    signed: days.signed && ('signedOn' as const),
    planned: content,
    approved: content && (has('planDocNo') ?? (o.head.planDocNo ? ('planDocNo' as const) : undefined)),
    working: has('progress', 'investigation', 'percent'),
    selfChecked: (days.self && ('selfChecked' as const)) ?? done('selfCheckText'),
    countyAccepted: days.county && ('countyAccepted' as const),
    cityAccepted: (days.city && ('cityAccepted' as const)) ?? done('opinion'),
    publicised: notice && ('notice' as const),
    filed: done('filingNo'),
    closed: days.closed && ('closedOn' as const),
    status,
    unfounded: findings.length > 0 && findings.every((finding) => finding === 'unfounded'),
  }
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts
  return { facts: known, days, ...(notice && { notice }) }
}

const PROOFS = {
  assigned: 'assignedOn',
  signed: 'signedOn',
  found: 'foundOn',
  self: 'selfChecked',
  county: 'countyAccepted',
  city: 'cityAccepted',
  filed: 'filedOn',
  closed: 'closedOn',
} as const

function daysOf(reader: Reader, { today, head, notice }: { today: Day; head: Head; notice: Found['notice'] }): Days {
  const read = Object.entries(PROOFS).map(([name, field]) => [name, reader.day(field, today)] as const)
  const days = Object.fromEntries(read.filter(([, day]) => day !== undefined)) as Omit<Days, 'reported' | 'asOf' | 'doneBy'>
  const asOf = head.asOf && head.asOf < today ? head.asOf : today
  const proven = [...Object.values(days), ...(notice ? [notice.from] : [])]
  const reported = reader.day('reportedOn', today) ?? days.assigned ?? days.found ?? earliest(proven) ?? asOf
  const done = [days.self, days.county, days.city, notice?.from, days.filed, days.closed]
  return { ...days, reported, asOf, doneBy: earliest(done.filter((day) => day !== undefined)) ?? asOf }
}

function earliest(days: readonly Day[]): Day | undefined {
  return [...days].sort()[0]
}

// A notice that has not begun proves nothing yet. Its own columns come before the title of the sheet.
function noticeOf(reader: Reader, { today, head }: { today: Day; head: Head }): { from: Day; to: Day } | undefined {
  const apart = isBlank(reader.text('noticeFrom')) ? '' : `${reader.text('noticeFrom')}至${reader.text('noticeTo')}`
  const own = apart || reader.text('notice')
  const window = isBlank(own) ? head.notice : reader.accept(apart ? 'noticeFrom' : 'notice', daysOfWindow(own))
  return window && window.from <= today ? window : undefined
}
