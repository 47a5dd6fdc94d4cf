import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { byOf, type Capacity } from '../../people/rules/actor.ts'
import { capacityFor } from './access.ts'
import type { Import, Report } from './act.ts'
import type { Case, Place } from './case.ts'
import { SOURCE_PATHS, SOURCE_TYPES, type SourceType } from './codes.ts'
import { startClock } from './deadlines.ts'
import type { Env } from './env.ts'
import type { CaseEvent, Effect } from './event.ts'
import { evolve } from './evolve.ts'
import { refuseBlank } from './forms.ts'
import { refusePoint } from './forms-evidence.ts'
import { given } from './given.ts'
import { effectOfImport, refuseImport } from './import.ts'
import { missingFields } from './incomplete.ts'
import { wayOf } from './paths.ts'
import { ruleOf } from './procedure.ts'

/** The first event of a case: a report that starts the triage clock, or an import that starts no clock for what lies behind. */
export function begin(act: Report | Import, env: Env): CaseEvent | Refusal {
  const place = act.move === 'report' ? act.place : act.start.place
  const by = authorOf(act, place, env)
  if (isRefusal(by)) return by
  const refusal = act.move === 'report' ? refuseReport(act, by.role, env) : refuseImport(act.start, env)
  if (refusal) return refusal
  return act.move === 'report' ? reported(act, { env, by }) : imported(act, { env, by })
}

/** Whose report may come from which source; offices enter any. */
export const SOURCES_OF: Partial<Record<Capacity, readonly SourceType[]>> = {
  public: SOURCE_TYPES.filter((source) => SOURCE_PATHS[source] === 'complaint'),
  unit: ['own_check'],
  inspector: ['city_inspection', 'own_check'],
  chief: ['chief_patrol'],
  grid: ['grid_patrol'],
  analyst: ['satellite', 'monitoring', 'media'],
}

type Begun = { env: Env; by: ReturnType<typeof byOf> }

function authorOf(act: Report | Import, place: Place, env: Env): Begun['by'] | Refusal {
  const seen = { tenant: env.by.tenant, secrecy: 0 as const, place, duties: [] }
  const capacity = capacityFor(ruleOf(act.move), seen, { actor: env.by, post: env.post, confirming: false })
  return isRefusal(capacity) ? capacity : byOf(env.by, capacity.holding)
}

function refuseReport(act: Report, role: Capacity, env: Env): Refusal | undefined {
  const { title, originalText, source, foundOn } = act
  if (!SOURCE_TYPES.includes(source)) return refuse('invalid', 'cases/unknown-id', { what: 'source', id: source })
  const sources = SOURCES_OF[role]
  if (sources && !sources.includes(source)) return refuse('never', 'cases/source-not-yours', { source, role })
  if ((act.secrecy ?? 0) > env.by.clearance)
    return refuse('invalid', 'cases/above-clearance', { found: act.secrecy ?? 0, expected: env.by.clearance })
  const late = foundOn && foundOn > env.today
  return (
    refuseBlank({ title, originalText, region: act.place.region }) ??
    refusePoint(act.place.point) ??
    (late ? refuse('invalid', 'cases/day-future', { field: 'foundOn', day: foundOn, today: env.today }) : undefined)
  )
}

function reported(act: Report, begun: Begun): CaseEvent {
  const first = (effect: Effect) => firstEvent('report', { act, effect }, begun)
  const way = wayOf(evolve(undefined, first({ clocks: {} })), begun.env)
  const rule = way.rule.stages.reported
  const stage = rule && startClock(rule, { version: way.version, on: begun.env.today })
  return first({ clocks: { ...(stage && { stage }) } })
}

function imported(act: Import, begun: Begun): CaseEvent {
  const first = (effect: Effect) => firstEvent('imported', { act, effect }, begun)
  const draft = evolve(undefined, first({ clocks: {} }))
  const effect = effectOfImport(draft, begun.env)
  const after: Case = evolve(undefined, first(effect))
  return first({ ...effect, incomplete: missingFields(after, wayOf(after, begun.env)) })
}

function firstEvent(type: 'report' | 'imported', o: { act: Report | Import; effect: Effect }, { env, by }: Begun): CaseEvent {
  const { id, no } = env
  if (!id || !no) throw new Error('a new case needs an id and a number')
  const to = o.act.move === 'import' ? o.act.start.state : 'reported'
  const data = { from: null, to, on: env.today, act: o.act, effect: { ...o.effect, ...given({ no }) } }
  return { type, tenant: env.by.tenant, case: id, version: 1, at: env.at, by, data } as CaseEvent
}
