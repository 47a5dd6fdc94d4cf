import fc from 'fast-check'
import { addDays } from '../../base/rules/day.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { Actor } from '../../people/rules/actor.ts'
import type { Act } from '../rules/act.ts'
import type { Case } from '../rules/case.ts'
import { MOVES, type Move, PATHS, type Path, type RecordAct } from '../rules/codes.ts'
import type { Last } from '../rules/env.ts'
import { evolve, fold } from '../rules/lifecycle.ts'
import { ruleOf } from '../rules/procedure.ts'
import { accept, acts, bare, begin, type PersonKey, PLACE, people, photo, type Story } from './story.ts'
import { stepsOf } from './walks.ts'

// One step of a random walk: which act, by whom, how many days later; `wild` takes any act by anyone instead of one that may fit.
type Step = { pick: number; who: number; days: number; wild: boolean }
const steps = fc.array(
  fc.record({
    pick: fc.nat(),
    who: fc.nat(),
    days: fc.constantFrom(0, 0, 0, 1, 2, 9, 16),
    wild: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
  }),
  { minLength: 20, maxLength: 90, size: 'max' },
)
/** Random walks of a case along its path and off it, for properties. */
export const walks = fc.record({
  path: fc.constantFrom(...PATHS),
  qinling: fc.constantFrom('core' as const, 'outside' as const),
  start: fc.nat(7),
  steps,
})

/** Everybody who may act in a walk. */
export const PEOPLE = Object.keys(people) as PersonKey[]
// Posts that a case is not bound to; only wild steps send them.
const STRANGERS: readonly PersonKey[] = ['stranger', 'otherCounty']
const USUAL: readonly (Move | RecordAct)[] = [
  ...MOVES.filter((move) => move !== 'report'),
  'add_evidence',
  'add_evidence',
  'add_evidence',
  'flag',
]
// Now and then what leaves a case where it is, or takes the last act back.
const WITH_RARE: readonly (Move | RecordAct)[] = [...USUAL, 'remind', 'acknowledge', 'undo']
// So that walks get somewhere: the moves of the main line are likelier than the others.
const FORWARD: readonly Move[] = [
  'triage',
  'assign',
  'sign',
  'plan',
  'approve_plan',
  'progress',
  'self_check',
  'county_accept',
  'city_accept',
  'publicise',
  'file',
  'close',
  'arbitrate',
  'resolve_objection',
  'resume',
]

function actOf(move: Move | RecordAct, story: Story, n: number): Act {
  const { c, day } = story
  const flip = n % 2 === 0
  if (move === 'add_evidence') return evidenceOf(story, n)
  if (move === 'flag') return { move, kind: 'false_evidence', reason: '照片造假' }
  if (move === 'remind') return { move, text: '请抓紧', ...(flip && { answerBy: addDays(day, 3) }) }
  if (move === 'acknowledge' || move === 'undo') return { move }
  if (move === 'triage') return { ...acts.triage, qinling: c.place.qinling ?? 'outside' }
  if (move === 'arbitrate') return flip ? acts.overrule : acts.uphold
  if (move === 'progress') return progressOf(c)
  if (move === 'county_accept' || move === 'city_accept') return accept(move, n % 9 === 0 ? addDays(day, -3) : day)
  if (move === 'object') return { ...acts.object, id: `o${n}` }
  if (move === 'resolve_objection') return { move, upheld: flip, finding: '已核查' }
  if (move === 'recheck') return flip ? acts.confirmed : acts.rebound
  if (move === 'request_extension') return { ...acts.extend, toDay: addDays(c.due ?? day, 10) }
  if (move === 'decide_extension') return { move, grant: flip, reason: '研究', approvedBy: { account: 'leader' } }
  if (move === 'mark_unfounded') return n % 3 === 0 ? acts.unfounded : { move, confirm: flip }
  if (move === 'override_colour') return n % 3 === 0 ? acts.red : { move, confirm: flip }
  if (move === 'plan')
    return {
      ...acts.plan,
      term: { words: '', kind: 'long_term' },
      measures: acts.plan.measures.map((m) => ({ ...m, milestones: [] })),
    }
  if (move === 'assign') return { ...acts.assign, term: { words: '30日内', kind: 'by_day', day: addDays(day, 30) } }
  return (Object.values(acts) as Act[]).find((act) => act.move === move)!
}

function evidenceOf({ day }: Story, n: number): Act {
  const kind = (['before', 'after', 'after', 'site_visit'] as const)[n % 4]!
  const taken = addDays(day, -(n % 3))
  if (n % 7 === 0) return bare(kind === 'before' ? 'before' : 'after', n % 2 === 0 ? '本人拍摄' : undefined)
  return photo(kind, kind === 'before' ? addDays(day, -4) : taken, n % 11 === 0 ? { point: { lng: 107.2, lat: 33.2 } } : {})
}

function progressOf(c: Case): Act {
  const findings = c.claims.map(({ id }) => ({ claim: id, finding: 'founded' as const }))
  return c.plan ? { ...acts.allDone, findings, milestonesDone: [] } : { ...acts.progress, findings }
}

function personFor(move: Move | RecordAct, step: Step): PersonKey {
  const { by, confirmedBy = [] } = ruleOf(move)
  const fitting = PEOPLE.filter(
    (who) => !STRANGERS.includes(who) && (roleOf(who) in by || (confirmedBy as string[]).includes(roleOf(who))),
  )
  return fitting.length > 0 && !step.wild ? fitting[step.who % fitting.length]! : PEOPLE[step.who % PEOPLE.length]!
}

// One and the same person, who moved from the unit to the county and on to the inspection: each time in another organisation's post.
const turncoat = (actor: Actor): Actor =>
  actor.holdings.some(({ role }) => ['unit', 'county_office', 'inspector'].includes(role))
    ? { ...actor, account: 'turncoat' }
    : actor

// Undo is asked of the last event; the state before it is the fold of all others.
const lastOf = ({ events }: Story): Last => ({ event: events.at(-1)!, before: fold(events.slice(0, -1)), left: false })
/** Who wrote the last event of a story. */
export const authorOf = ({ events }: Story): PersonKey =>
  PEOPLE.find((who) => people[who].account === events.at(-1)?.by.account) ?? 'office'

const roleOf = (who: PersonKey) => people[who].holdings[0]?.role ?? 'public'

function take(story: Story, step: Step, refused: ((refusal: Refusal) => void) | undefined): boolean {
  story.day = addDays(story.day, step.days)
  const all = step.pick % 16 === 8 ? WITH_RARE : USUAL
  const here = all.filter((move) => ruleOf(move).from.includes(story.c.state))
  const likely = here.filter((move) => FORWARD.includes(move as Move) || move === 'add_evidence')
  const pool = step.wild ? all : step.pick % 8 === 0 || likely.length === 0 ? here : likely
  const move = pool[(step.pick >> 3) % pool.length]
  if (!move) return false
  const more = {
    ...(move === 'undo' && { last: lastOf(story) }),
    approver: people.leader,
    other: { tenant: 610700, id: 'case-2', state: 'triaged' as const },
    draw: step.pick % 2 ? 0.05 : 0.5,
  }
  const who = move === 'undo' && !step.wild ? authorOf(story) : personFor(move, step)
  const by = move !== 'undo' && step.pick % 3 === 0 ? turncoat(people[who]) : people[who]
  const event = story.ask(who, actOf(move, story, step.pick >> 6), { ...more, by })
  if (isRefusal(event)) {
    refused?.(event)
    return false
  }
  story.events.push(event)
  story.c = evolve(story.c, event)
  return true
}

/** Takes a walk, which begins somewhere on the path's own way, so that the far states are reached as often as the near ones. */
export function walk(
  w: { path: Path; qinling: 'core' | 'outside'; start: number; steps: Step[] },
  check: (story: Story, before: Case) => void,
  refused?: (refusal: Refusal) => void,
): Story {
  const place = { region: '610702', point: PLACE, qinling: w.qinling }
  const story = begin(w.path, { report: { place } })
  for (const step of stepsOf(w.path).slice(0, w.start)) step.do(story)
  for (const step of w.steps) {
    const before = story.c
    if (take(story, step, refused)) check(story, before)
  }
  return story
}
