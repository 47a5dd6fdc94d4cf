import type { Clock } from '../../base/rules/clock.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import type { Term } from '../../base/rules/term.ts'
import type { By } from '../../people/rules/actor.ts'
import type {
  Answer,
  Category,
  Colour,
  DutyKind,
  EvidenceKind,
  Finding,
  FlagKind,
  Outcome,
  Path,
  Pollution,
  Qinling,
  Scope,
  Secrecy,
  Severity,
  SourceType,
  Standard,
  State,
  Thing,
} from './codes.ts'

/**
 * One problem from report to clear-off: plain JSON, equal to the fold of its events, stored as it is.
 * A key that has no value is absent, never undefined; `version` is the number of its events.
 */
export type Case = {
  tenant: number
  id: string
  version: number
  /** The number people call it by, given at report. */
  no: string
  path: Path
  source: SourceType
  batch?: string
  originalNo?: string
  /** Verbatim and immutable. */
  originalText: string
  planDocNo?: string
  title: string
  category?: Category
  pollution: Pollution[]
  thing: Thing
  severity: Severity
  common?: boolean
  enterprise?: string
  place: Place
  secrecy: Secrecy
  foundOn?: Day
  reportedOn: Day
  /** Reference of the sealed record that holds who reported; the identity itself is never here (Code art. 146). */
  reporter?: string
  claims: Claim[]
  duties: Duty[]
  leader?: Leader
  contact?: string
  term?: Term
  /** The last day of the case clock; absent where the term is 长期坚持 or not yet set. */
  due?: Day
  accepted?: Stamp
  assigned?: Stamp
  returned?: Returned
  plan?: Plan
  progress: Progress[]
  clocks: Clocks
  returns: number
  acceptanceRejects: number
  rejected?: Rejected
  /** Photos that prove the present round of rectification must be taken after this moment. */
  roundSince?: Instant
  evidence: EvidenceItem[]
  checks: Checks
  /** A photo without EXIF was vouched for by name, so that the city has to go and look (set by the self-check it served). */
  cityForced?: true
  notice?: Notice
  filing?: Filing
  closedOn?: Day
  recheck?: Recheck
  reopenings: Reopening[]
  extensions: Extension[]
  suspension?: Suspension
  inferences: Inference[]
  flags: Flag[]
  pending?: Pending
  /** 催办: absent until the first. */
  reminders?: Reminder[]
  manualColour?: ManualColour
  links: Links
  state: State
  outcome?: Outcome
  ended?: Ended
  /** Codes of the fields that the path needs and an imported row still lacks (incomplete.ts). */
  incomplete: string[]
  sample: boolean
  imported?: Imported
  /** Versions of the rules it is judged by, frozen at dispatch. */
  rules: string[]
}

/** Where it is: `region` a county or zone code, `town` and `village` division codes, `point` WGS 84 degrees. */
export type Place = {
  region: string
  town?: string
  village?: string
  address?: string
  point?: Point
  qinling?: Qinling
}
export type Point = { lng: number; lat: number }

/** One assertion of the original text with its own finding; several pollution types may stand in it. */
export type Claim = { id: string; text: string; pollution: Pollution[]; finding?: Finding; findingText?: string }

export type Duty = { org: string; orgName: string; as: DutyKind }

/** 责任领导 (包抓领导). */
export type Leader = { name: string; title: string; post?: string }

/** When something was done, and by whom. */
export type Stamp = { on: Day; at: Instant; by: By }

/** The last return (退回) and how the office ruled on it. */
export type Returned = Stamp & {
  reason: string
  basis: string
  suggested?: string
  ruling?: Stamp & { uphold: boolean; reason: string }
}

/** 整改方案 with the five fields of Code art. 29: implementer, goal, term, measures, acceptance unit. */
export type Plan = {
  implementer: string
  implementerName: string
  goal: string
  term: Term
  measures: Measure[]
  acceptanceUnit: string
  acceptanceUnitName: string
  docNo?: string
  submitted: Stamp
  approved?: Stamp
  rejected?: Stamp & { reason: string }
}

/** One measure; money in fen; `explained` says why a measure is not done where it cannot be. */
export type Measure = {
  id: string
  text: string
  standard?: string
  evidence?: EvidenceKind
  due?: Day
  moneyFen?: number
  spentFen?: number
  doneOn?: Day
  explained?: string
  milestones: Milestone[]
}
export type Milestone = { id: string; text: string; due: Day; standard: string; doneOn?: Day }

export type Progress = Stamp & { text: string; percent?: number }

/** The clock of the whole problem and the clock of the present state. */
export type Clocks = { case?: Clock; stage?: Clock }

/** One piece of evidence; a photo without EXIF time or position counts only when `attestedBy` names who vouches for it. */
export type EvidenceItem = {
  id: string
  kind: EvidenceKind
  sha256: string
  name: string
  mime: string
  bytes: number
  takenAt?: Instant
  point?: Point
  hasExif: boolean
  attestedBy?: By
  attestation?: string
  by: By
  at: Instant
  doc?: IssuedDocument
  claim?: string
  measure?: string
}
export type IssuedDocument = { no: string; title: string; issuedOn: Day; issuer: string }

export type Checks = { self?: Check; county?: Check; city?: Check }

/** One acceptance step: the conclusion, the five standards (an old sheet does not say them), and the visit where there had to be one. */
export type Check = Stamp & { conclusion: string; standards?: Standards; onSite?: OnSite; opinionNo?: string }
export type Standards = Record<Standard, { answer: Answer; note?: string }>
export type OnSite = { day: Day; people: string[]; point?: Point }

/** The window in which others may object: the public notice, or the reporter's dispute window; both ends inclusive. */
export type Notice = {
  kind: 'notice' | 'dispute'
  from: Day
  lastDay: Day
  channel?: string
  url?: string
  phone?: string
  objections: Objection[]
}

/** An objection; `sealed` refers to the record of who objected. */
export type Objection = {
  id: string
  sealed: string
  text: string
  at: Instant
  decided?: Stamp & { upheld: boolean; finding: string }
}

/** 备案 with the body above. */
export type Filing = Stamp & { docNo: string; filedWith: string }

/** 回头看: `due` where the case was selected for one, and what every look found. */
export type Recheck = {
  due?: Day
  selected: 'all' | 'sample' | 'none'
  results: (Stamp & { result: 'confirmed' | 'rebound'; finding: string })[]
}

/** How a case came back after it had ended. */
export type Reopening = Stamp & { reason: string; rebound: boolean }

/** `colourWas` is the colour when it was granted: an extension never resets it to green. */
export type Extension = Stamp & {
  id: string
  reason: string
  progress: string
  newPlan: string
  toDay: Day
  dueWas: Day
  decision?: Stamp & { grant: boolean; reason: string; approvedBy?: Approval; colourWas: Colour }
}

/** An approval given outside the desk, by a leader whose account the desk looked up. */
export type Approval = { account: string; name: string; title: string; docNo?: string }

export type Suspension = Stamp & { reason: string; basis: string; approvedBy: Approval }

/** 举一反三: what was looked for elsewhere, what was found, which rule was made. */
export type Inference = Stamp & { pattern: string; scope: Scope; checked: number; found: number; ruleMade?: string }

export type Flag = Stamp & { kind: FlagKind; reason: string; source?: string }

/** 催办 and its receipt by the unit. */
export type Reminder = Stamp & { text: string; answerBy?: Day; acknowledged?: Stamp & { text?: string } }

/** A proposal that waits for its second person. */
export type Pending = Stamp &
  ({ kind: 'unfounded'; reason: string } | { kind: 'colour'; reason: string; colour: Colour | 'auto' })

export type ManualColour = { colour: Colour; reason: string; on: Day; proposedBy: By; confirmedBy: By }

export type Rejected = Stamp & { reason: string; stage: 'county' | 'city' }

/** Why and how it ended beside 已销号. */
export type Ended = Stamp & { reason: string; docNo?: string; to?: string }

export type Links = { mergedInto?: string; reboundOf?: string; inferredFrom?: string }

/** Where an imported row came from; `key` is its identity for re-import, `words` what the sheet said beside the fields. */
export type Imported = Stamp & { key: string; file?: string; row?: number; words?: Record<string, string> }
