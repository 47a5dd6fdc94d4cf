import type { Day, Instant } from '../../base/rules/day.ts'
import type { By } from '../../people/rules/actor.ts'
import type { Act, ActOf } from './act.ts'
import type { Approval, Case, Claim, Clocks, Extension, Notice, Recheck } from './case.ts'
import type { Move, Path, RecordAct, State } from './codes.ts'

/**
 * What happened to a case. `type` and `by` and `at` and `data` are the columns of the journal; `version` is the version the case
 * reached by it. `data.act` is what was asked, `data.effect` what the law made of it that day: so the fold needs no law.
 */
export type CaseEvent = { [T in EventType]: EventOf<T> }[EventType]

/** One kind of event: the move's own code, or the code of a record beside the procedure. */
export type EventOf<T extends EventType> = {
  type: T
  tenant: number
  case: string
  version: number
  at: Instant
  by: By
  data: { from: State | null; to: State; on: Day; act: ActOfEvent<T>; effect: Effect }
}

export type EventType = Exclude<Act['move'], RecordAct> | (typeof EVENT_OF_RECORD)[RecordAct]

/** The act behind a kind of event. */
export type ActOfEvent<T extends EventType> = {
  [A in Move | RecordAct]: (A extends RecordAct ? (typeof EVENT_OF_RECORD)[A] : A) extends T ? ActOf<A> : never
}[Move | RecordAct]

/** The names under which records are journalled. */
export const EVENT_OF_RECORD = {
  add_evidence: 'evidence_added',
  flag: 'flagged',
  import: 'imported',
  remind: 'reminded',
  acknowledge: 'acknowledged',
  undo: 'undone',
} as const satisfies Record<RecordAct, string>

/** What depended on the law, the calendar, a lot drawn or a person looked up when it happened; `due: null` takes the deadline away. */
export type Effect = {
  clocks: Clocks
  due?: Day | null
  incomplete?: string[]
  rules?: string[]
  no?: string
  path?: Path
  claims?: Claim[]
  notice?: Notice
  recheck?: Omit<Recheck, 'results'>
  approval?: Approval
  colourWas?: NonNullable<Extension['decision']>['colourWas']
  cityForced?: true
  /** Of `undone`: what was taken back, and the whole state before it. */
  undone?: { version: number; type: string }
  before?: Case
}

/** The case before its first event. */
export type Before = Case | undefined
