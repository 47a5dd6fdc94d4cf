import type { Day } from '../../base/rules/day.ts'
import type { Term } from '../../base/rules/term.ts'
import type {
  Case,
  Checks,
  Claim,
  Duty,
  EvidenceItem,
  Filing,
  Leader,
  Links,
  Measure,
  Notice,
  OnSite,
  Place,
  Plan,
  Point,
  Progress,
  Recheck,
  Standards,
} from './case.ts'
import type {
  Category,
  Colour,
  Finding,
  FlagKind,
  Move,
  Path,
  Pollution,
  Qinling,
  RecordAct,
  Scope,
  Secrecy,
  Severity,
  SourceType,
  Thing,
} from './codes.ts'

/** 登记. `reporter` is the reference of a sealed record; `place.point` is WGS 84. */
export type Report = {
  move: 'report'
  source: SourceType
  title: string
  originalText: string
  place: Place
  thing?: Thing
  severity?: Severity
  category?: Category
  pollution?: Pollution[]
  claims?: Claim[]
  secrecy?: Secrecy
  foundOn?: Day
  batch?: string
  originalNo?: string
  planDocNo?: string
  enterprise?: string
  common?: boolean
  reporter?: string
  links?: Links
  sample?: boolean
}

/** 研判: what it is, where it lies in the Qinling zones, which claims it makes. */
export type Triage = {
  move: 'triage'
  category: Category
  pollution: Pollution[]
  thing: Thing
  severity: Severity
  qinling?: Qinling
  claims?: Claim[]
  title?: string
  common?: boolean
  enterprise?: string
  secrecy?: Secrecy
  point?: Point
  town?: string
  village?: string
  address?: string
}
export type Decline = { move: 'decline'; reason: string }
export type Merge = { move: 'merge'; into: string; reason: string }

/** 交办 with responsible unit, leader and term; `term` is parsed from its words by base/rules/term.ts. */
export type Assign = {
  move: 'assign'
  duties: Duty[]
  leader: Leader
  term: Term
  contact?: string
  planDocNo?: string
  note?: string
}
export type Sign = { move: 'sign'; contact?: string }
export type Return = { move: 'return'; reason: string; basis: string; suggested?: string }
export type Arbitrate = { move: 'arbitrate'; uphold: boolean; reason: string }

/** 整改方案: the five fields of Code art. 29, measures with money and milestones. */
export type SubmitPlan = { move: 'plan'; measures: Measure[]; docNo?: string } & Pick<
  Plan,
  'implementer' | 'implementerName' | 'goal' | 'term' | 'acceptanceUnit' | 'acceptanceUnitName'
>
export type ApprovePlan = { move: 'approve_plan'; note?: string }
export type RejectPlan = { move: 'reject_plan'; reason: string }

/** 进展. Lists name measures and milestones by id; `explained` says why a measure cannot be done. */
export type ReportProgress = {
  move: 'progress'
  text: string
  percent?: number
  measuresDone?: string[]
  milestonesDone?: string[]
  explained?: { measure: string; why: string }[]
  spentFen?: { measure: string; fen: number }[]
  findings?: { claim: string; finding: Finding; text?: string }[]
}
export type RequestExtension = { move: 'request_extension'; reason: string; progress: string; newPlan: string; toDay: Day }

/** `approvedBy` is the account of the leader who agreed; the use case looks it up into `Env.approver`. */
export type ApprovedBy = { account: string; docNo?: string }
export type DecideExtension = { move: 'decide_extension'; grant: boolean; reason: string; approvedBy?: ApprovedBy }
export type Suspend = { move: 'suspend'; reason: string; basis: string; approvedBy: ApprovedBy }
export type Resume = { move: 'resume'; reason: string }

export type SelfCheck = { move: 'self_check'; conclusion: string; standards: Standards }
type Acceptance = { onSite: OnSite; standards: Standards; conclusion: string; opinionNo?: string }
export type CountyAccept = { move: 'county_accept' } & Acceptance
export type CityAccept = { move: 'city_accept' } & Acceptance
type Rejection = { reason: string; falseEvidence?: boolean }
export type CountyReject = { move: 'county_reject' } & Rejection
export type CityReject = { move: 'city_reject' } & Rejection

/** 公示; `from` is today where it is absent, never earlier. */
export type Publicise = { move: 'publicise'; channel: string; phone: string; url?: string; from?: Day }

/** An objection is named: `sealed` refers to the record that says by whom. */
export type ObjectTo = { move: 'object'; id: string; sealed: string; text: string }
export type ResolveObjection = { move: 'resolve_objection'; upheld: boolean; finding: string }
export type FileAbove = { move: 'file'; docNo: string; filedWith: string }
export type Close = { move: 'close'; note?: string }
export type Look = { move: 'recheck'; result: 'confirmed' | 'rebound'; finding: string }
export type Reopen = { move: 'reopen'; reason: string }
export type Transfer = { move: 'transfer'; to: string; reason: string; docNo: string }

/** Two persons: the first gives the reason, the second confirms (or drops) what waits. */
export type MarkUnfounded = { move: 'mark_unfounded'; reason: string } | { move: 'mark_unfounded'; confirm: boolean }
export type OverrideColour =
  | { move: 'override_colour'; colour: Colour | 'auto'; reason: string }
  | { move: 'override_colour'; confirm: boolean }
export type Infer = { move: 'infer'; pattern: string; scope: Scope; checked: number; found: number; ruleMade?: string }

/** What a client says of a file; `attestation` makes the sender the one who vouches for a photo without EXIF. */
export type AddEvidence = {
  move: 'add_evidence'
  item: Omit<EvidenceItem, 'by' | 'at' | 'attestedBy'>
}

/** False evidence found outside an acceptance, or criticism by province-level or above or the media. */
export type RaiseFlag = { move: 'flag'; kind: FlagKind; reason: string; source?: string }

/** 催办: the unit that answers is pressed, in words and perhaps with a day to answer by; and its receipt. */
export type Remind = { move: 'remind'; text: string; answerBy?: Day }
export type Acknowledge = { move: 'acknowledge'; text?: string }

/** 撤销: the author takes the last event back. */
export type Undo = { move: 'undo'; reason?: string }

/** The whole state that an old row proves; no clock runs for what lies before the import. */
export type Import = { move: 'import'; start: ImportedStart }
export type ImportedStart = Pick<Case, 'source' | 'originalText' | 'title' | 'place' | 'reportedOn' | 'state'> & {
  key: string
  file?: string
  row?: number
  words?: Record<string, string>
  path?: Path
  progress?: Pick<Progress, 'on' | 'text' | 'percent'>[]
  plan?: Omit<Plan, 'submitted' | 'approved' | 'rejected'> & { submittedOn?: Day; approvedOn?: Day }
  checks?: { [step in keyof Checks]: { on: Day; conclusion: string; onSite?: OnSite; opinionNo?: string } }
  notice?: Omit<Notice, 'objections'>
  filing?: Pick<Filing, 'docNo' | 'filedWith' | 'on'>
  recheck?: Pick<Recheck, 'due'>
  assignedOn?: Day
  ended?: { on: Day; reason: string; docNo?: string; to?: string }
} & Partial<
    Pick<
      Case,
      | 'batch'
      | 'originalNo'
      | 'planDocNo'
      | 'category'
      | 'pollution'
      | 'thing'
      | 'severity'
      | 'common'
      | 'enterprise'
      | 'secrecy'
      | 'foundOn'
      | 'claims'
      | 'duties'
      | 'leader'
      | 'contact'
      | 'term'
      | 'due'
      | 'closedOn'
      | 'links'
      | 'sample'
    >
  >

/** Everything that can be done to a case: the moves of the procedure and the records beside it. */
export type Act =
  | Report
  | Triage
  | Decline
  | Merge
  | Assign
  | Sign
  | Return
  | Arbitrate
  | SubmitPlan
  | ApprovePlan
  | RejectPlan
  | ReportProgress
  | RequestExtension
  | DecideExtension
  | Suspend
  | Resume
  | SelfCheck
  | CountyAccept
  | CountyReject
  | CityAccept
  | CityReject
  | Publicise
  | ObjectTo
  | ResolveObjection
  | FileAbove
  | Close
  | Look
  | Reopen
  | Transfer
  | MarkUnfounded
  | Infer
  | OverrideColour
  | AddEvidence
  | RaiseFlag
  | Import
  | Remind
  | Acknowledge
  | Undo

/** The act of one move. */
export type ActOf<M extends Move | RecordAct> = Extract<Act, { move: M }>
