import type { Triage } from './act.ts'
import type { Case, Checks, Extension, Objection } from './case.ts'
import { DEFAULT_SECRECY, isEnded, type Outcome, SOURCE_PATHS } from './codes.ts'
import type { Before, CaseEvent, EventOf, EventType } from './event.ts'
import { caseOfImport } from './evolve-import.ts'
import { evidenceOf, isFilling, planned, progressed, stamp } from './evolve-work.ts'
import { given, without } from './given.ts'

/**
 * The case after an event. Pure and total over what `decide` gives: it needs no law, since the event carries what the law made of
 * the act; `version` counts the events. Throws only where a case does not begin with its report or import.
 */
export function evolve(before: Before, event: CaseEvent): Case {
  if (event.type === 'report') return settle(caseOfReport(event), event)
  if (event.type === 'imported') return settle(caseOfImport(event), event)
  if (event.type === 'undone') return restored(event)
  if (!before) throw new Error(`a case cannot begin with ${event.type}`)
  return settle(FOLD[event.type](before, event as never), event)
}

/** The state that a list of events proves. */
export function fold(events: readonly CaseEvent[]): Case | undefined {
  return events.reduce<Before>((before, event) => evolve(before, event), undefined)
}

type Fold<T extends EventType> = (c: Case, e: EventOf<T>) => Case

// What each kind of event changes beside state, clocks and deadline; these come from `settle`.
const FOLD: { [T in Exclude<EventType, 'report' | 'imported' | 'undone'>]: Fold<T> } = {
  triage: (c, e) => (isFilling(e) ? filledByTriage(c, e.data.act) : { ...c, ...triaged(c, e), accepted: stamp(e) }),
  decline: (c, e) => ({ ...c, ended: { ...stamp(e), reason: e.data.act.reason } }),
  merge: (c, e) => ({
    ...c,
    ended: { ...stamp(e), reason: e.data.act.reason },
    links: { ...c.links, mergedInto: e.data.act.into },
  }),
  assign: assigned,
  sign: (c, e) => ({ ...c, ...given({ contact: e.data.act.contact }) }),
  return: (c, e) => {
    const { reason, basis, suggested } = e.data.act
    return { ...c, returns: c.returns + 1, returned: { ...stamp(e), reason, basis, ...given({ suggested }) } }
  },
  arbitrate: (c, e) => {
    const { uphold, reason } = e.data.act
    return c.returned ? { ...c, returned: { ...c.returned, ruling: { ...stamp(e), uphold, reason } } } : c
  },
  plan: planned,
  approve_plan: (c, e) => (c.plan ? { ...c, plan: { ...without(c.plan, 'rejected'), approved: stamp(e) } } : c),
  reject_plan: (c, e) => (c.plan ? { ...c, plan: { ...c.plan, rejected: { ...stamp(e), reason: e.data.act.reason } } } : c),
  progress: progressed,
  request_extension: (c, e) => {
    const { reason, progress, newPlan, toDay } = e.data.act
    const asked = { ...stamp(e), id: `${e.version}`, reason, progress, newPlan, toDay, dueWas: c.due ?? toDay }
    return { ...c, extensions: [...c.extensions, asked] }
  },
  decide_extension: (c, e) => ({ ...c, extensions: c.extensions.map((asked) => (asked.decision ? asked : decided(asked, e))) }),
  suspend: (c, e) => {
    const { reason, basis } = e.data.act
    const { approval } = e.data.effect
    return approval ? { ...c, suspension: { ...stamp(e), reason, basis, approvedBy: approval } } : c
  },
  resume: (c) => without(c, 'suspension'),
  self_check: (c, e) => {
    const { conclusion, standards } = e.data.act
    return { ...c, checks: { self: { ...stamp(e), conclusion, standards } } }
  },
  county_accept: (c, e) => ({ ...c, checks: { ...c.checks, county: checkOf(e) } }),
  county_reject: (c, e) => rejected(c, e, 'county'),
  city_accept: (c, e) => ({ ...c, checks: { ...c.checks, city: checkOf(e) } }),
  city_reject: (c, e) => rejected(c, e, 'city'),
  publicise: (c) => c,
  object: (c, e) => {
    const { id, sealed, text } = e.data.act
    return withObjections(c, (list) => [...list, { id, sealed, text, at: e.at }])
  },
  resolve_objection: (c, e) => {
    const { upheld, finding } = e.data.act
    const resolved = withObjections(c, (list) =>
      list.map((o) => (o.decided ? o : { ...o, decided: { ...stamp(e), upheld, finding } })),
    )
    return upheld ? newRound(without(resolved, 'notice'), e) : resolved
  },
  file: (c, e) => ({ ...c, filing: { ...stamp(e), docNo: e.data.act.docNo, filedWith: e.data.act.filedWith } }),
  close: (c, e) => ({ ...c, closedOn: e.data.on }),
  recheck: looked,
  reopen: (c, e) => reopened(c, e, { reason: e.data.act.reason, rebound: c.state === 'closed' }),
  transfer: (c, e) => {
    const { to, reason, docNo } = e.data.act
    return { ...c, ended: { ...stamp(e), reason, docNo, to } }
  },
  mark_unfounded: (c, e) => {
    const { act, to } = e.data
    if (!('confirm' in act)) return { ...c, pending: { ...stamp(e), kind: 'unfounded', reason: act.reason } }
    const rest = without(c, 'pending')
    return to === 'unfounded' ? { ...rest, ended: { ...stamp(e), reason: c.pending?.reason ?? '' } } : rest
  },
  infer: (c, e) => {
    const { pattern, scope, checked, found, ruleMade } = e.data.act
    return { ...c, inferences: [...c.inferences, { ...stamp(e), pattern, scope, checked, found, ...given({ ruleMade }) }] }
  },
  override_colour: overridden,
  evidence_added: (c, e) => ({ ...c, evidence: [...c.evidence, evidenceOf(e)] }),
  flagged: (c, e) => {
    const { kind, reason, source } = e.data.act
    return { ...c, flags: [...c.flags, { ...stamp(e), kind, reason, ...given({ source }) }] }
  },
  reminded: (c, e) => {
    const { text, answerBy } = e.data.act
    return { ...c, reminders: [...(c.reminders ?? []), { ...stamp(e), text, ...given({ answerBy }) }] }
  },
  // One receipt ends every reminder that waits.
  acknowledged: (c, e) => {
    const receipt = { ...stamp(e), ...given({ text: e.data.act.text }) }
    return { ...c, reminders: (c.reminders ?? []).map((r) => (r.acknowledged ? r : { ...r, acknowledged: receipt })) }
  },
}

// Everything as it was before, clocks and deadline too; only the version goes on, as it counts the events.
function restored(e: EventOf<'undone'>): Case {
  const { before } = e.data.effect
  if (!before) throw new Error('an undone event carries the state before')
  return { ...before, version: e.version }
}

const OUTCOME_OF: Partial<Record<Case['state'], Outcome>> = {
  closed: 'rectified',
  declined: 'declined',
  merged: 'merged',
  unfounded: 'unfounded',
  transferred: 'transferred',
}

// State, clocks, deadline, frozen rules: the same for every event. What belongs to a life that has ended or begun anew falls away.
function settle(c: Case, e: CaseEvent): Case {
  const { to, effect, from } = e.data
  const outcome = OUTCOME_OF[to]
  const kept = without(c, 'outcome', ...(effect.due === undefined ? [] : (['due'] as const)))
  const due = effect.due ?? undefined
  const next: Case = {
    ...kept,
    ...given({ due, outcome, rules: effect.rules, incomplete: effect.incomplete, notice: effect.notice }),
    ...given({ cityForced: effect.cityForced ?? c.cityForced }),
    ...(effect.recheck ? { recheck: { ...effect.recheck, results: c.recheck?.results ?? [] } } : {}),
    version: e.version,
    state: to,
    clocks: effect.clocks,
  }
  if (isEnded(to)) return without(next, 'pending', 'suspension', 'manualColour')
  return from !== to && next.pending?.kind === 'unfounded' ? without(next, 'pending') : next
}

function caseOfReport(e: EventOf<'report'>): Case {
  const { act, effect } = e.data
  return {
    ...{ tenant: e.tenant, id: e.case, version: 1, no: effect.no ?? '', path: SOURCE_PATHS[act.source], source: act.source },
    ...{ originalText: act.originalText, title: act.title, pollution: act.pollution ?? [], thing: act.thing ?? 'place' },
    ...{
      severity: act.severity ?? 'general',
      place: act.place,
      secrecy: act.secrecy ?? DEFAULT_SECRECY[SOURCE_PATHS[act.source]],
      reportedOn: e.data.on,
    },
    ...{
      claims: act.claims ?? [],
      duties: [],
      progress: [],
      clocks: {},
      returns: 0,
      acceptanceRejects: 0,
      evidence: [],
      checks: {},
    },
    ...{ reopenings: [], extensions: [], inferences: [], flags: [], links: act.links ?? {}, state: 'reported' },
    ...{ incomplete: [], sample: act.sample ?? false, rules: [] },
    ...given({ batch: act.batch, originalNo: act.originalNo, planDocNo: act.planDocNo, category: act.category }),
    ...given({ common: act.common, enterprise: act.enterprise, foundOn: act.foundOn, reporter: act.reporter }),
  }
}

function triaged(c: Case, e: EventOf<'triage'>): Partial<Case> {
  const { category, pollution, thing, severity, title, common, enterprise, secrecy } = e.data.act
  const claims = e.data.effect.claims ?? e.data.act.claims
  return {
    category,
    pollution,
    thing,
    severity,
    place: placeOf(c, e.data.act),
    ...given({ claims, title, common, enterprise, secrecy }),
  }
}

// A row without a category was never triaged: then its kind and severity are the sheet's default, and triage says them now.
function filledByTriage(c: Case, act: Triage): Case {
  const { category, thing, severity } = act
  const pollution = c.pollution.length > 0 ? c.pollution : act.pollution
  return { ...c, ...(c.category ? {} : { category, thing, severity }), pollution, place: { ...placeOf(c, act), ...c.place } }
}

function placeOf(c: Case, { qinling, point, town, village, address }: Triage): Case['place'] {
  return { ...c.place, ...given({ qinling, point, town, village, address }) }
}

function assigned(c: Case, e: EventOf<'assign'>): Case {
  const { duties, leader, term, contact, planDocNo } = e.data.act
  if (isFilling(e)) {
    const added = duties.filter((duty) => !c.duties.some((held) => held.org === duty.org && held.as === duty.as))
    const kept = { leader: c.leader ?? leader, term: c.term && c.term.kind !== 'unknown' ? c.term : term }
    return { ...c, ...kept, ...given({ contact: c.contact ?? contact }), duties: [...c.duties, ...added] }
  }
  return { ...without(c, 'returned'), duties, leader, term, assigned: stamp(e), ...given({ contact, planDocNo }) }
}

function decided(asked: Extension, e: EventOf<'decide_extension'>): Extension {
  const { grant, reason } = e.data.act
  const { approval, colourWas } = e.data.effect
  return {
    ...asked,
    decision: { ...stamp(e), grant, reason, colourWas: colourWas ?? 'green', ...given({ approvedBy: approval }) },
  }
}

function checkOf(e: EventOf<'county_accept'> | EventOf<'city_accept'>): NonNullable<Checks['county']> {
  const { conclusion, standards, onSite, opinionNo } = e.data.act
  return { ...stamp(e), conclusion, standards, onSite, ...given({ opinionNo }) }
}

function rejected(c: Case, e: EventOf<'county_reject'> | EventOf<'city_reject'>, stage: 'county' | 'city'): Case {
  const { reason, falseEvidence } = e.data.act
  const flags = falseEvidence ? [...c.flags, { ...stamp(e), kind: 'false_evidence' as const, reason }] : c.flags
  return { ...newRound(c, e), flags, acceptanceRejects: c.acceptanceRejects + 1, rejected: { ...stamp(e), reason, stage } }
}

// A new round of work: earlier checks prove nothing any more, and photos must be taken from now on.
function newRound(c: Case, e: CaseEvent): Case {
  return { ...without(c, 'cityForced'), checks: {}, roundSince: e.at }
}

function withObjections(c: Case, change: (list: Objection[]) => Objection[]): Case {
  return c.notice ? { ...c, notice: { ...c.notice, objections: change(c.notice.objections) } } : c
}

function looked(c: Case, e: EventOf<'recheck'>): Case {
  const { result, finding } = e.data.act
  const before = c.recheck ?? { selected: 'none' as const, results: [] }
  const recheck = { ...before, results: [...before.results, { ...stamp(e), result, finding }] }
  const seen = { ...c, recheck: result === 'confirmed' ? without(recheck, 'due') : recheck }
  return result === 'rebound' ? reopened(seen, e, { reason: finding, rebound: true }) : seen
}

function reopened(c: Case, e: CaseEvent, o: { reason: string; rebound: boolean }): Case {
  const rest = without(c, 'closedOn', 'notice', 'filing', 'ended', 'manualColour')
  const recheck = rest.recheck && { recheck: without(rest.recheck, 'due') }
  return { ...newRound({ ...rest, ...recheck }, e), reopenings: [...c.reopenings, { ...stamp(e), ...o }] }
}

function overridden(c: Case, e: EventOf<'override_colour'>): Case {
  const { act } = e.data
  if (!('confirm' in act)) return { ...c, pending: { ...stamp(e), kind: 'colour', reason: act.reason, colour: act.colour } }
  const asked = c.pending
  const rest = without(c, 'pending')
  if (!act.confirm || asked?.kind !== 'colour') return rest
  if (asked.colour === 'auto') return without(rest, 'manualColour')
  const manual = { colour: asked.colour, reason: asked.reason, on: e.data.on, proposedBy: asked.by, confirmedBy: e.by }
  return { ...rest, manualColour: manual }
}
