import type { Day } from '../../base/rules/day.ts'
import type { Actor, Role } from '../../people/rules/actor.ts'
import type { Case, Objection } from './case.ts'
import { type Finding, isEnded, SECRECY, type State } from './codes.ts'
import type { CaseEvent } from './event.ts'

/** What a list shows of a case: no original text, no persons beyond the responsible leader, no evidence. */
const LIST = [
  'id',
  'no',
  'version',
  'title',
  'path',
  'source',
  'batch',
  'state',
  'outcome',
  'category',
  'pollution',
  'thing',
  'severity',
  'secrecy',
  'place',
  'duties',
  'leader',
  'term',
  'due',
  'foundOn',
  'reportedOn',
  'closedOn',
  'suspension',
  'returns',
  'acceptanceRejects',
  'incomplete',
  'reminders',
  'sample',
] as const satisfies readonly (keyof Case)[]

/** What a case page shows to those who work on the case, beside the list's fields. */
const WORKING = [
  'originalNo',
  'originalText',
  'planDocNo',
  'common',
  'enterprise',
  'claims',
  'contact',
  'accepted',
  'assigned',
  'returned',
  'plan',
  'progress',
  'clocks',
  'rejected',
  'roundSince',
  'evidence',
  'checks',
  'cityForced',
  'notice',
  'filing',
  'recheck',
  'reopenings',
  'extensions',
  'inferences',
  'flags',
  'pending',
  'manualColour',
  'links',
  'ended',
  'imported',
  'rules',
] as const satisfies readonly (keyof Case)[]

/** What never leaves: the tenant is known, and the sealed record of the reporter is for its custodian only (Code art. 146). */
const NEVER = ['tenant', 'reporter'] as const satisfies readonly (keyof Case)[]

/** Internal handling that those who only look on do not see. */
const HANDLING = [
  'contact',
  'returned',
  'pending',
  'manualColour',
  'imported',
  'suspension',
  'rejected',
  'reminders',
] as const satisfies readonly (keyof Case)[]

/** Roles that work on cases; chiefs, grid officers, analysts and publishers look on. */
const WORKERS: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader']

/** What is behind a row of a list beside the fields it shows: the wall looks at the tenant, the days left come from the clocks. */
const BEHIND = ['tenant', 'clocks'] as const satisfies readonly (keyof Case)[]

/** A case as far as a row of a list is made of it. */
export type Listed = Pick<Case, ListField | (typeof BEHIND)[number]>

/** What a row of a list has no use for, and is not read for it: most of a case. */
export const UNLISTED: readonly (keyof Case)[] = [...WORKING, ...NEVER].filter((field) => !isBehind(field))

function isBehind(field: keyof Case): boolean {
  return (BEHIND as readonly (keyof Case)[]).includes(field)
}

/** The whitelists, for the test that every field of a case is on exactly one. */
export const WIRE = { list: LIST, working: WORKING, never: NEVER } as const

type ListField = (typeof LIST)[number]
type DetailField = ListField | (typeof WORKING)[number]
export type CaseListItem = Pick<Case, ListField>
/** A case as its page gets it: the fields of the whitelist, objections without the reference to their authors. */
export type CaseDetail = Omit<Pick<Case, DetailField>, 'notice'> & {
  notice?: Omit<NonNullable<Case['notice']>, 'objections'> & { objections: Omit<Objection, 'sealed'>[] }
}

/** A row of a list for somebody who may see the case. */
export function listItem(c: Listed, viewer: Actor): CaseListItem {
  return picked(c, works(viewer) ? LIST : LIST.filter((field) => !isHandling(field))) as CaseListItem
}

/** The case page for somebody who may see the case; who only looks on gets neither the handling nor the flags. */
export function detail(c: Case, viewer: Actor): CaseDetail {
  const fields = [...LIST, ...WORKING]
  const shown = picked(c, works(viewer) ? fields : fields.filter((field) => !isHandling(field))) as CaseDetail
  const notice = c.notice && { ...c.notice, objections: c.notice.objections.map(({ sealed: _, ...rest }) => rest) }
  return { ...shown, ...(notice && { notice }), ...(works(viewer) ? {} : { flags: [] }) }
}

/** One event as the story of a case shows it: who reported or objected stays a sealed reference that does not leave. */
export function eventItem(e: CaseEvent, viewer: Actor): Pick<CaseEvent, 'version' | 'type' | 'at' | 'by' | 'data'> {
  const { version, type, at, by, data } = e
  if (!works(viewer)) return { version, type, at, by, data: { from: data.from, to: data.to, on: data.on } } as ShownEvent
  const act = Object.fromEntries(Object.entries(data.act).filter(([key]) => key !== 'sealed' && key !== 'reporter'))
  // The state before an act that was taken back is for the fold: it names whom the wall hides.
  const { before: _, ...effect } = data.effect
  return { version, type, at, by, data: { ...data, act, effect } } as ShownEvent
}

type ShownEvent = Pick<CaseEvent, 'version' | 'type' | 'at' | 'by' | 'data'>

/**
 * The public notice with the official columns (反馈问题 | 整改目标 | 整改措施 | 整改时限 | 整改落实情况 | 验收时间): units are named, persons
 * never; progress reports, returns, objections and evidence stay inside.
 */
export type PublicNotice = {
  id: string
  no: string
  problem: string
  goal?: string
  measures?: string
  term?: string
  progress?: string
  acceptedOn?: Day
  implementer?: string
  acceptanceUnit?: string
  units: string[]
  state: State
  from: Day
  lastDay: Day
  channel?: string
  url?: string
  phone?: string
  sample: boolean
}

/** Whether a case is public: labelled so, and on its notice or past it. */
export function isPublic(c: Case): boolean {
  return c.secrecy === SECRECY.public && c.notice?.kind === 'notice'
}

/** The notice of a public case; throws on any other, so that nothing leaves by a mistake of a query. */
export function publicNotice(c: Case): PublicNotice {
  const { notice, plan, checks } = c
  if (!isPublic(c) || !notice) throw new Error(`case ${c.id} is not public`)
  const accepted = checks.city ?? checks.county
  return {
    ...{ id: c.id, no: c.no, problem: c.originalText, units: publicUnits(c), state: c.state, sample: c.sample },
    ...{ from: notice.from, lastDay: notice.lastDay },
    ...filled({ goal: plan?.goal, measures: plan && measuresText(plan.measures), term: plan?.term.words || c.term?.words }),
    ...filled({ progress: outcomeText(c), acceptedOn: accepted && (accepted.onSite?.day ?? accepted.on) }),
    ...filled({ implementer: plan?.implementerName, acceptanceUnit: plan?.acceptanceUnitName }),
    ...filled({ channel: notice.channel, url: notice.url, phone: notice.phone }),
  }
}

/** A row of the daily table of petitions (序号 aside): 交办问题基本情况 | 涉及区县及部门 | 调查核实情况 | 是否属实 | 办结状态. */
export type PublicPetition = {
  id: string
  no: string
  originalNo?: string
  problem: string
  region: string
  units: string[]
  claims: { text: string; finding?: Finding; result?: string }[]
  finding?: Finding
  status: 'done' | 'in_progress'
  sample: boolean
}

/** The row of a petition that was handed out and is labelled public; undefined for every other case. */
export function publicPetition(c: Case): PublicPetition | undefined {
  if (c.path !== 'petition' || c.secrecy !== SECRECY.public || !c.assigned) return undefined
  const claims = c.claims.map(({ text, finding, findingText }) => ({ text, ...filled({ finding, result: findingText }) }))
  return {
    ...{ id: c.id, no: c.no, problem: c.originalText, region: c.place.region, units: publicUnits(c), claims, sample: c.sample },
    ...{ status: isEnded(c.state) ? ('done' as const) : ('in_progress' as const) },
    ...filled({ originalNo: c.originalNo, finding: overallFinding(c) }),
  }
}

/** 是否属实 of a whole letter: what its claims agree on, 部分属实 where they differ; undefined while one is open. */
export function overallFinding(c: Pick<Case, 'claims'>): Finding | undefined {
  const findings = c.claims.map((claim) => claim.finding)
  const first = findings[0]
  if (!first || findings.includes(undefined)) return undefined
  return findings.every((finding) => finding === first) ? first : 'partly_founded'
}

function works(viewer: Actor): boolean {
  return viewer.holdings.some((holding) => WORKERS.includes(holding.role))
}

function isHandling(field: keyof Case): boolean {
  return (HANDLING as readonly (keyof Case)[]).includes(field)
}

function picked<T extends Listed>(c: T, fields: readonly (keyof T)[]): object {
  return Object.fromEntries(fields.filter((field) => c[field] !== undefined).map((field) => [field, c[field]]))
}

function publicUnits(c: Case): string[] {
  return [...new Set(c.duties.filter((duty) => duty.as === 'responsible' || duty.as === 'lead').map((duty) => duty.orgName))]
}

function measuresText(measures: readonly { text: string }[]): string {
  return measures.map(({ text }, i) => (measures.length > 1 ? `${i + 1}.${text.replace(/^\d+[.．、]\s*/, '')}` : text)).join('\n')
}

// The unit's own conclusion; an old sheet keeps the published text among its progress, which nobody wrote for us alone.
function outcomeText(c: Case): string | undefined {
  return c.checks.self?.conclusion || (c.imported ? c.progress.at(-1)?.text : undefined)
}

// Leaves out what says nothing.
function filled<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
