import type { Capacity } from '../../people/rules/actor.ts'
import { type Move, type RecordAct, STATES, type State } from './codes.ts'

/**
 * What ties a post to a case: its division (`area`), its organisation as responsible or lead unit (`rectifier`), as any working unit
 * (`contributor`), as acceptance unit (`acceptance`); `county` asks only for the same county, `anyone` for nothing.
 */
export type Bond = 'anyone' | 'county' | 'area' | 'rectifier' | 'contributor' | 'acceptance'

/** Conditions of the case itself, each explained and judged in checklist.ts. */
export const GATE_NAMES = [
  'site_verified',
  'returnable',
  'extendable',
  'extension_asked',
  'suspended',
  'findings',
  'measures',
  'evidence',
  'publishable',
  'window_open',
  'window_run',
  'complete',
  'site_visit',
  'answerable',
  'reminded',
] as const
export type GateName = (typeof GATE_NAMES)[number]

/** Who must not be the author: those who rectified, who planned, who accepted at the county. */
export type Apart = 'rectifier' | 'planner' | 'county_acceptor'

/**
 * Where a move leads: a state; the next state of the case's own line, if it is one of these; where the case stands;
 * or two ends by what the act says (`yes`, `no`); `back` is the state an objection came from.
 */
export type To =
  | { kind: 'state'; state: State }
  | { kind: 'next'; among: readonly State[] }
  | { kind: 'stay' }
  | { kind: 'either'; yes: State | 'stay'; no: State | 'back' | 'stay' }

/** One row of the procedure. */
export type Rule = {
  from: readonly State[]
  to: To
  by: Readonly<Partial<Record<Capacity, Bond>>>
  /** The state that the case's own line must lead to next. */
  before?: State
  /** Who gives the second word where a move needs two persons. */
  confirmedBy?: readonly Capacity[]
  notBy?: readonly Apart[]
  needs?: readonly GateName[]
  /** Goes on while the clock is suspended. */
  whileSuspended?: true
  /** Fields that the move may fill on an imported case in a later state, without moving it. */
  fills?: readonly string[]
}

const to = (state: State): To => ({ kind: 'state', state })
const next = (...among: State[]): To => ({ kind: 'next', among })
const stay: To = { kind: 'stay' }
const either = (yes: State | 'stay', no: State | 'back' | 'stay'): To => ({ kind: 'either', yes, no })

const OFFICES = { office: 'area', county_office: 'area' } as const
const WORKING = ['signed', 'plan_submitted', 'rectifying'] as const
const IN_HAND: readonly State[] = ['triaged', 'assigned', 'returned', ...WORKING, 'self_checked']
const ACCEPTED = ['county_accepted', 'city_accepted'] as const
const OPEN: readonly State[] = ['reported', ...IN_HAND, ...ACCEPTED, 'publicising', 'objected', 'filed']
const MOVERS = ['office', 'county_office', 'unit', 'inspector', 'leader', 'chief', 'grid', 'analyst'] as const
const PROVEN = ['findings', 'measures', 'evidence'] as const

/** The procedure: each move, from where, to where, by whom, by whom not, and what has to hold. */
export const PROCEDURE: Readonly<Record<Move, Rule>> = {
  report: {
    from: [],
    to: to('reported'),
    by: {
      public: 'anyone',
      office: 'area',
      county_office: 'area',
      unit: 'county',
      inspector: 'county',
      chief: 'county',
      grid: 'county',
      analyst: 'county',
    },
  },
  triage: { from: ['reported'], to: to('triaged'), by: OFFICES, fills: ['category', 'pollution', 'point'] },
  decline: { from: ['reported', 'triaged'], to: to('declined'), by: OFFICES },
  merge: { from: ['reported', 'triaged'], to: to('merged'), by: OFFICES },
  assign: {
    from: ['triaged'],
    to: to('assigned'),
    by: OFFICES,
    needs: ['site_verified'],
    fills: ['responsible', 'leader', 'term'],
  },
  sign: { from: ['assigned'], to: next('signed', 'rectifying'), by: { unit: 'rectifier' } },
  return: { from: ['assigned'], to: to('returned'), by: { unit: 'rectifier' }, needs: ['returnable'] },
  arbitrate: { from: ['returned'], to: either('triaged', 'assigned'), by: { office: 'area' } },
  plan: {
    from: ['signed'],
    to: next('plan_submitted', 'rectifying'),
    by: { unit: 'rectifier' },
    fills: ['implementer', 'goal', 'measures', 'plan_term', 'acceptance_unit'],
  },
  approve_plan: { from: ['plan_submitted'], to: to('rectifying'), by: { leader: 'area' }, notBy: ['planner'] },
  reject_plan: { from: ['plan_submitted'], to: to('signed'), by: { leader: 'area' }, notBy: ['planner'] },
  progress: { from: ['rectifying'], to: stay, by: { unit: 'contributor' }, whileSuspended: true },
  request_extension: { from: ['rectifying'], to: stay, by: { unit: 'rectifier' }, needs: ['extendable'] },
  decide_extension: { from: ['rectifying'], to: stay, by: { office: 'area' }, needs: ['extension_asked'] },
  suspend: { from: WORKING, to: stay, by: { office: 'area' } },
  resume: { from: WORKING, to: stay, by: { office: 'area' }, needs: ['suspended'], whileSuspended: true },
  self_check: { from: ['rectifying'], to: to('self_checked'), by: { unit: 'rectifier' }, needs: PROVEN },
  county_accept: {
    from: ['self_checked'],
    to: next('county_accepted'),
    by: { county_office: 'area' },
    notBy: ['rectifier'],
    needs: PROVEN,
  },
  county_reject: {
    from: ['self_checked'],
    before: 'county_accepted',
    to: to('rectifying'),
    by: { county_office: 'area' },
    notBy: ['rectifier'],
  },
  city_accept: {
    from: ['self_checked', 'county_accepted'],
    to: next('city_accepted'),
    by: { inspector: 'acceptance' },
    notBy: ['rectifier', 'county_acceptor'],
    needs: PROVEN,
  },
  city_reject: {
    from: ['self_checked', 'county_accepted'],
    before: 'city_accepted',
    to: to('rectifying'),
    by: { inspector: 'acceptance' },
    notBy: ['rectifier', 'county_acceptor'],
  },
  publicise: { from: ACCEPTED, to: next('publicising'), by: { office: 'area' }, needs: ['publishable'] },
  object: {
    from: [...ACCEPTED, 'publicising', 'objected'],
    to: to('objected'),
    by: { public: 'anyone', office: 'area', county_office: 'area' },
    needs: ['window_open'],
  },
  resolve_objection: { from: ['objected'], to: either('rectifying', 'back'), by: { office: 'area' } },
  file: { from: ['publicising'], to: next('filed'), by: { office: 'area' }, needs: ['window_run'] },
  close: {
    from: [...ACCEPTED, 'publicising', 'filed'],
    to: next('closed'),
    by: { office: 'area' },
    needs: ['complete', 'evidence', 'window_run'],
  },
  recheck: { from: ['closed'], to: either('rectifying', 'stay'), by: { inspector: 'acceptance' }, notBy: ['rectifier'] },
  reopen: { from: ['closed', 'declined', 'unfounded'], to: either('rectifying', 'reported'), by: { office: 'area' } },
  transfer: {
    from: [...IN_HAND, ...ACCEPTED, 'publicising', 'objected'],
    to: to('transferred'),
    by: { office: 'area' },
    whileSuspended: true,
  },
  mark_unfounded: {
    from: IN_HAND,
    to: either('unfounded', 'stay'),
    by: { office: 'area' },
    confirmedBy: ['office', 'leader'],
    needs: ['site_visit'],
  },
  infer: { from: WORKING, to: stay, by: { unit: 'rectifier' }, whileSuspended: true },
  override_colour: { from: OPEN, to: stay, by: { office: 'area' }, confirmedBy: ['leader'], whileSuspended: true },
}

/** Records beside the procedure: they leave the state as it is, and `import` begins a case. */
export const RECORD_RULES: Readonly<Record<RecordAct, Rule>> = {
  add_evidence: {
    from: [...OPEN, 'closed'],
    to: stay,
    by: {
      public: 'anyone',
      office: 'area',
      county_office: 'area',
      unit: 'contributor',
      inspector: 'acceptance',
      chief: 'area',
      grid: 'area',
      analyst: 'area',
    },
    whileSuspended: true,
  },
  flag: {
    from: OPEN,
    to: stay,
    by: { office: 'area', county_office: 'area', inspector: 'acceptance', leader: 'area' },
    whileSuspended: true,
  },
  import: { from: [], to: stay, by: OFFICES },
  // Where the unit has to move; nobody is pressed while the clock is suspended.
  remind: {
    from: ['assigned', ...WORKING],
    to: stay,
    by: { office: 'area', county_office: 'area', leader: 'area' },
    needs: ['answerable'],
  },
  acknowledge: { from: OPEN, to: stay, by: { unit: 'rectifier' }, needs: ['reminded'], whileSuspended: true },
  // Whoever may move at all; undo.ts asks whose event it was, of what kind, how old, and whether anything left the house by it.
  undo: {
    from: STATES,
    to: stay,
    by: Object.fromEntries(MOVERS.map((role) => [role, 'anyone' as const])),
    whileSuspended: true,
  },
}

/** The row of a move or of a record. */
export function ruleOf(move: Move | RecordAct): Rule {
  return move in PROCEDURE ? PROCEDURE[move as Move] : RECORD_RULES[move as RecordAct]
}
