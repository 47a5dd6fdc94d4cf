import { dueDay } from '../../base/rules/clock.ts'
import { addDays, addMonths, type Day } from '../../base/rules/day.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { distanceM } from '../../places/rules/locate.ts'
import { boundOrgs } from './access.ts'
import type { Case, EvidenceItem } from './case.ts'
import { isEnded, SECRECY } from './codes.ts'
import type { Subject } from './env.ts'
import { missingFields } from './incomplete.ts'
import type { ExtensionRule } from './path-rule.ts'
import { isWindowState, rowFor } from './paths.ts'
import type { Apart, GateName } from './procedure.ts'
import { photosOf, proveChange, speaksForItself } from './proof.ts'

/** What has to hold of the case itself before a move, whatever the act says: each gate gives its refusal, or nothing where it stands open. */
export const GATES: Readonly<Record<GateName, Gate>> = {
  /** Leads: seen on site by somebody else than the one who assigns (自然资发〔2023〕258号). */
  site_verified: siteVerified,
  /** A return: within its days from dispatch, and not more often than the path allows (信访工作条例 art. 23). */
  returnable,
  /** An extension: there is a term, it is early enough, and none was granted or asked before. */
  extendable,
  extension_asked: ({ c }) => (waitingExtension(c) ? undefined : refuse('not-now', 'cases/no-extension-asked')),
  suspended: ({ c }) => (c.suspension ? undefined : refuse('not-now', 'cases/not-suspended')),
  /** Every allegation has its finding (属实/部分属实/不属实). */
  findings: ({ c }) => {
    const open = c.claims.filter((claim) => !claim.finding)
    return open.length === 0 ? undefined : refuse('not-now', 'cases/claims-open', { count: open.length, first: open[0]!.text })
  },
  /** Every measure and milestone of the plan is done, or it is said why not. */
  measures: measuresDone,
  evidence: (x) => {
    const proof = proveChange(x.c, rowFor(x.c, 'evidence', x.env).value)
    return isRefusal(proof) ? proof : undefined
  },
  /** Only what is labelled public may be put on notice. */
  publishable: ({ c }) =>
    c.secrecy === SECRECY.public ? undefined : refuse('not-now', 'cases/not-public', { secrecy: c.secrecy }),
  window_open: windowOpen,
  /** The notice, or the dispute window, has run to its end without an open objection: clear-off from the day after. */
  window_run: windowRun,
  complete: ({ c, way }) => {
    const missing = missingFields(c, way)
    return missing.length === 0 ? undefined : refuse('not-now', 'cases/incomplete', { fields: missing.join(', ') })
  },
  /** 不属实 only on what was seen on site. */
  site_visit: ({ c }) =>
    c.evidence.some((item) => item.kind === 'site_visit') ? undefined : refuse('not-now', 'cases/site-visit-missing'),
  answerable: ({ c }) => (boundOrgs(c, 'responsible', 'lead').length > 0 ? undefined : refuse('not-now', 'cases/nobody-answers')),
  reminded: ({ c }) => (c.reminders?.some((r) => !r.acknowledged) ? undefined : refuse('not-now', 'cases/no-reminder')),
}

export type Gate = (x: Subject) => Refusal | undefined

/** 谁整改谁不验收: who must not be the author of a move, by account and by organisation. */
export function refuseSamePerson(apart: Apart, { c, env }: Pick<Subject, 'c' | 'env'>): Refusal | undefined {
  const orgs = apart === 'rectifier' ? rectifyingOrgs(c) : []
  const same = authorsOf(apart, c).includes(env.by.account) || env.by.holdings.some((holding) => orgs.includes(holding.org))
  return same ? refuse('never', 'cases/same-hand', { apart }) : undefined
}

/** The organisations that rectified: bound as responsible, lead or supporting, or the one that self-checked. */
export function rectifyingOrgs(c: Pick<Case, 'duties' | 'checks'>): string[] {
  const self = c.checks.self?.by.org
  return [...boundOrgs(c, 'responsible', 'lead', 'supporting'), ...(self ? [self] : [])]
}

/** The extension that waits for its decision. */
export function waitingExtension(c: Pick<Case, 'extensions'>): Case['extensions'][number] | undefined {
  return c.extensions.find((extension) => !extension.decision)
}

/** The last day on which an extension may be asked for, and the last day it may reach. */
export function extensionBounds(due: Day, rule: ExtensionRule): { askBy: Day; most: Day } {
  const askBy = addDays(addMonths(due, -(rule.applyMonthsBefore ?? 0)), -(rule.applyDaysBefore ?? 0))
  return { askBy, most: addDays(addMonths(due, rule.maxMonths ?? 0), rule.maxDays ?? 0) }
}

/** Whether a case may be merged into: the same city, another case, not ended. */
export function canTake(c: Case, into: string, other: Subject['env']['other']): boolean {
  return into !== c.id && other?.id === into && other.tenant === c.tenant && !isEnded(other.state)
}

/** The accounts of those who did what another hand must check. */
export function authorsOf(apart: Apart, c: Case): (string | undefined)[] {
  if (apart === 'planner') return [c.plan?.submitted.by.account]
  if (apart === 'county_acceptor') return [c.checks.county?.by.account]
  return [c.checks.self?.by.account, ...c.progress.map((progress) => progress.by.account)]
}

function siteVerified({ c, env, way }: Subject): Refusal | undefined {
  const rule = way.rule.verification
  if (!rule) return undefined
  const photos = sitePhotos(c, rule.radiusM)
  if (photos.length < rule.photos) return refuse('not-now', 'cases/site-photos', { found: photos.length, expected: rule.photos })
  const collector = rule.reviewerApart && photos.some((photo) => photo.by.account === env.by.account)
  return collector ? refuse('never', 'cases/same-hand', { apart: 'collector' }) : undefined
}

/** Photos that show a lead on site: with a name or a position behind them, and near enough. */
export function sitePhotos(c: Case, radiusM: number): EvidenceItem[] {
  const isVouched = (photo: EvidenceItem) => speaksForItself(photo) || photo.attestedBy !== undefined
  return photosOf(c, 'site_visit').filter((photo) => isVouched(photo) && isNear(c, photo, radiusM))
}

// A photo or a lead without a point cannot be compared: then the name under it has to do.
function isNear(c: Case, photo: EvidenceItem, radiusM: number): boolean {
  return !photo.point || !c.place.point || distanceM(c.place.point, photo.point) <= radiusM
}

function returnable({ c, env, way }: Subject): Refusal | undefined {
  if (c.returns >= way.rule.returnLimit) return refuse('not-now', 'cases/return-limit', { limit: way.rule.returnLimit })
  const last = c.assigned ? dueDay(way.rule.returnClock, c.assigned.on, way.calendar) : env.today
  return env.today <= last ? undefined : refuse('not-now', 'cases/return-late', { last, days: way.rule.returnClock.length })
}

function extendable({ c, env, way }: Subject): Refusal | undefined {
  const rule = way.rule.extension
  if (!rule || !c.due) return refuse('not-now', 'cases/no-extension')
  if (waitingExtension(c)) return refuse('not-now', 'cases/extension-waiting')
  const granted = c.extensions.filter((extension) => extension.decision?.grant).length
  if (granted >= rule.times) return refuse('not-now', 'cases/extension-times', { times: rule.times })
  const { askBy } = extensionBounds(c.due, rule)
  return env.today <= askBy ? undefined : refuse('not-now', 'cases/extension-late', { askBy, due: c.due })
}

function measuresDone({ c }: Subject): Refusal | undefined {
  const open = (c.plan?.measures ?? []).filter((m) => !m.explained && (!m.doneOn || m.milestones.some((mile) => !mile.doneOn)))
  return open.length === 0 ? undefined : refuse('not-now', 'cases/measures-open', { count: open.length, first: open[0]!.text })
}

function windowOpen({ c, env, way }: Subject): Refusal | undefined {
  // While one objection is looked into, the window runs on for the others.
  if ((c.state !== 'objected' && !isWindowState(c.state, way)) || !c.notice) return refuse('not-now', 'cases/no-window')
  if (env.today < c.notice.from) return refuse('not-now', 'cases/window-not-open')
  return env.today <= c.notice.lastDay ? undefined : refuse('not-now', 'cases/window-over', { lastDay: c.notice.lastDay })
}

function windowRun({ c, env, way }: Subject): Refusal | undefined {
  if (way.rule.window === 'none') return undefined
  if (!c.notice) return refuse('not-now', 'cases/window-not-open')
  if (c.notice.objections.some((objection) => !objection.decided)) return refuse('not-now', 'cases/objection-open')
  return env.today > c.notice.lastDay ? undefined : refuse('not-now', 'cases/window-running', { lastDay: c.notice.lastDay })
}
