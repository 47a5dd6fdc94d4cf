import type { ClockRule } from '../../base/rules/clock.ts'
import type { Cited } from '../../base/rules/law.ts'
import type { FlagKind, State } from './codes.ts'

/** A term with its own citation: the steps of one path rest on different instruments. */
export type CitedClock = ClockRule & Cited

/** When the city accepts: on every case, in the core and key zones of the Qinling, or only where a photo was merely vouched for. */
export type CityWhen = 'always' | 'core_key' | 'attested'

/** One path as data (kind `path` of data/rules/cases.json). */
export type PathRule = {
  /** The states it passes in order, loops included; `city_accepted` only where `city` says so. */
  states: readonly State[]
  city: CityWhen
  /** In which window others may object before it is closed. */
  window: 'notice' | 'dispute' | 'none'
  windowClock?: CitedClock
  /** Whether what is alleged needs a finding each (属实/部分属实/不属实). */
  claims: boolean
  returnLimit: number
  returnClock: CitedClock
  /** The term starts at triage (受理) or at dispatch, and is met in the state `stops`; the rule's length holds where words give no day. */
  caseClock: { from: 'triage' | 'assign'; stops: State; rule: CitedClock }
  stages: Readonly<Partial<Record<State, CitedClock>>>
  /** The term of a round of work after a rejection, an upheld objection or a rebound. */
  rework: CitedClock
  extension?: ExtensionRule
  /** Leads only: what must have been seen on site before anybody is made responsible. */
  verification?: Cited & { photos: number; radiusM: number; reviewerApart: boolean }
  recheck: Cited & { share: number; months: number; fiveDisorders: boolean }
  reportEveryDays?: number
  publicAs: 'closure' | 'petition' | 'none'
}

/** How often, how long and how early a term may be extended, and whether a leader has to agree. */
export type ExtensionRule = Cited & {
  applyMonthsBefore?: number
  applyDaysBefore?: number
  maxMonths?: number
  maxDays?: number
  times: number
  approver: 'leader' | 'none'
}

/** Thresholds of the three colours (kind `colour`). */
export type ColourRule = {
  redMilestoneLateDays: number
  redRejects: number
  redFlags: readonly FlagKind[]
  redYellowMonths: number
  redStands: boolean
  yellowDaysToDue: number
  shortTermDays: number
  shortTermShare: number
  yellowMissingReports: number
  yellowRejects: number
  extensionKeepsYellow: boolean
}

/** What evidence has to satisfy (kind `evidence`); distances in metres. */
export type EvidenceRule = { radiusM: number; onSitePeople: number; clockSkewMinutes: number }

/** When a new report looks like an old case (kind `reopen`). */
export type ReopenRule = { radiusM: number; months: number }

/** Which cases are shown beside one (kind `related`): how near counts as the same place, and at most how many of each kind. */
export type RelatedRule = { radiusM: number; most: number }
/** Within how many minutes the author may take an act back, and which events may be (kind `undo`). */
export type UndoRule = { minutes: number; kinds: readonly string[] }

/** The departments that usually lead in a category (kind `category`). */
export type CategoryRule = { leads: readonly string[] }
