import type { Clock } from '../../base/rules/clock.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import type { Params } from '../../base/rules/refusal.ts'
import type { Colour } from '../../cases/rules/codes.ts'
import type { ColourWhy } from '../../cases/rules/colours.ts'
import type { By } from '../../people/rules/actor.ts'
import type { ItemState, Kind, Trigger } from './codes.ts'

/**
 * 督办件: one step of the ladder about one or several cases, addressed to an organisation. Plain JSON, equal to the fold of its events;
 * a key that has no value is absent. `secrecy` is the highest of its cases.
 */
export type Item = {
  tenant: number
  id: string
  version: number
  kind: Kind
  state: ItemState
  origin: 'rule' | 'hand'
  /** The county of its cases, or the city where they lie in several. */
  region: string
  org: string
  orgName: string
  leader?: { name: string; title: string }
  secrecy: number
  cases: CaseRef[]
  grounds: Ground[]
  title: string
  text: string
  /** The item whose answer was missing or not enough. */
  follows?: string
  drafted: Stamp
  /** Who changed the draft since. */
  revised: Hand[]
  reviewed?: Stamp
  signed?: Stamp
  sentBack?: Stamp & { reason: string }
  sent?: Stamp
  /** 文号, taken when it is sent; `number` is its place in the year and kind. */
  no?: string
  number?: { year: number; seq: number }
  /** The term of the answer; absent where none is asked for. */
  clock?: Clock
  due?: Day
  /** The letter as it left. */
  file?: SentFile
  answers: Answer[]
  lifted?: Stamp & { reason: string }
  withdrawn?: Stamp & { reason: string }
}

/** A person in a post, or the system itself for what a rule drafts at night. */
export type Hand = By | { account: 'system'; name: string }
export type Stamp = { on: Day; at: Instant; by: Hand }

/** A case as it stood when the item was drafted: what the letter says of it. */
export type CaseRef = {
  id: string
  no: string
  title: string
  region: string
  secrecy: number
  colour: Colour
  why: ColourWhy[]
  due?: Day
  leader?: { name: string; title: string }
}

/** Why an item was drafted: the trigger, the version of its rule and where that comes from, the figures it was judged on. */
export type Ground = {
  trigger: Trigger
  case?: string
  rule?: string
  source?: string
  unverified?: boolean
  inputs: Params
}

export type Answer = Stamp & { text: string; files: AnswerFile[]; decided?: Stamp & { accepted: boolean; reason: string } }
export type AnswerFile = { id: string; sha256: string; name: string; mime: string; bytes: number }

/** What is asked of an item. */
export type Act =
  | Draft
  | { move: 'revise'; title: string; text: string }
  | { move: 'review' | 'sign' | 'send' }
  | { move: 'send_back' | 'reject' | 'lift' | 'withdraw'; reason: string }
  | { move: 'accept'; reason?: string }
  | { move: 'answer'; text: string; files: AnswerFile[] }

/** A new item, by rule or by hand. */
export type Draft = { move: 'draft' } & Pick<
  Item,
  'kind' | 'origin' | 'region' | 'org' | 'orgName' | 'leader' | 'cases' | 'grounds' | 'title' | 'text' | 'follows'
>

/** What depended on the law, the calendar or a number taken when it happened. */
export type Effect = { no?: string; number?: { year: number; seq: number }; clock?: Clock; due?: Day; file?: SentFile }

/** The letter as it left: the PDF's hash, its size in bytes, its name. */
export type SentFile = { sha256: string; bytes: number; name: string }

/** What happened to an item; the fold needs no law. */
export type ItemEvent = {
  type: Act['move']
  tenant: number
  item: string
  version: number
  at: Instant
  by: Hand
  data: { from: ItemState | null; to: ItemState; on: Day; act: Act; effect: Effect }
}
