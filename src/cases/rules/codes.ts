/** The closed lists of the problem list; their names stand in labels.ts. */

/** The states of the main line, in the order that 督察反馈 passes them. */
export const LINE = [
  'reported',
  'triaged',
  'assigned',
  'signed',
  'plan_submitted',
  'rectifying',
  'self_checked',
  'county_accepted',
  'city_accepted',
  'publicising',
  'filed',
  'closed',
] as const

/** States beside the main line that lead back to it: a return waits for its ruling, an objection for its finding. */
export const LOOPS = ['returned', 'objected'] as const

/** Ends beside 已销号. */
export const ENDS = ['declined', 'merged', 'unfounded', 'transferred'] as const

export const STATES = [...LINE, ...LOOPS, ...ENDS] as const
export type State = (typeof STATES)[number]

export const MOVES = [
  'report',
  'triage',
  'decline',
  'merge',
  'assign',
  'sign',
  'return',
  'arbitrate',
  'plan',
  'approve_plan',
  'reject_plan',
  'progress',
  'request_extension',
  'decide_extension',
  'suspend',
  'resume',
  'self_check',
  'county_accept',
  'county_reject',
  'city_accept',
  'city_reject',
  'publicise',
  'object',
  'resolve_objection',
  'file',
  'close',
  'recheck',
  'reopen',
  'transfer',
  'mark_unfounded',
  'infer',
  'override_colour',
] as const
export type Move = (typeof MOVES)[number]

/** Acts that are recorded on a case without being a move of the procedure. */
export const RECORDS = ['add_evidence', 'flag', 'import', 'remind', 'acknowledge', 'undo'] as const
export type RecordAct = (typeof RECORDS)[number]

export const PATHS = ['inspection', 'petition', 'complaint', 'patrol', 'lead'] as const
export type Path = (typeof PATHS)[number]

export const OUTCOMES = ['rectified', 'unfounded', 'declined', 'merged', 'transferred'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const COLOURS = ['green', 'yellow', 'red'] as const
export type Colour = (typeof COLOURS)[number]

/** The 19 sources, each with the path its problems take (row `path` of data/rules/cases.json says what that means). */
export const SOURCE_PATHS = {
  central_inspection: 'inspection',
  central_petition: 'petition',
  yangtze_film: 'inspection',
  provincial_inspection: 'inspection',
  provincial_covert: 'inspection',
  city_inspection: 'inspection',
  npc_cppcc: 'inspection',
  discipline_audit: 'inspection',
  petition_letter: 'complaint',
  hotline_12345: 'complaint',
  hotline_12369: 'complaint',
  rewarded_report: 'complaint',
  grid_patrol: 'patrol',
  chief_patrol: 'patrol',
  satellite: 'lead',
  monitoring: 'lead',
  media: 'lead',
  prosecutor: 'inspection',
  own_check: 'patrol',
} as const satisfies Record<string, Path>
export type SourceType = keyof typeof SOURCE_PATHS
export const SOURCE_TYPES = Object.keys(SOURCE_PATHS) as SourceType[]

/** Problem categories: the five disorders of the Qinling (五乱), and A to G of our own design. */
export const CATEGORIES = ['W1', 'W2', 'W3', 'W4', 'W5', 'A', 'B', 'C', 'D', 'E', 'F', 'G'] as const
export type Category = (typeof CATEGORIES)[number]

/** 五乱: looked back at without sampling where they stood in a core or key zone. */
export const FIVE_DISORDERS: readonly Category[] = ['W1', 'W2', 'W3', 'W4', 'W5']

/** Pollution types; one letter may carry several, so that sums by type exceed 100 %. */
export const POLLUTION = ['water', 'air', 'soil', 'waste', 'noise', 'ecology', 'fume', 'dust', 'radiation', 'other'] as const
export type Pollution = (typeof POLLUTION)[number]

/** Secrecy label of a case; who reads which level stands in access.ts. */
export const SECRECY = { public: 0, internal: 1, restricted: 2, sealed: 3 } as const
export type SecrecyName = keyof typeof SECRECY
export type Secrecy = (typeof SECRECY)[SecrecyName]

/** The highest label of what anything outside the house may be told of: 限定知悉 and 封存 stay inside. */
export const MAY_LEAVE: Secrecy = SECRECY.internal

/** Feedback of inspections and petitions handed over is published as it comes in; what residents and patrols say is internal. */
export const DEFAULT_SECRECY: Readonly<Record<Path, Secrecy>> = { inspection: 0, petition: 0, complaint: 1, patrol: 1, lead: 1 }

/** 是否属实: the finding on one claim. */
export const FINDINGS = ['founded', 'partly_founded', 'unfounded'] as const
export type Finding = (typeof FINDINGS)[number]

export const EVIDENCE_KINDS = ['before', 'during', 'after', 'document', 'monitoring', 'site_visit', 'other'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** What has to change: something that stands on a place (proved by photos) or an institutional duty (proved by the issued document). */
export const THINGS = ['place', 'institution'] as const
export type Thing = (typeof THINGS)[number]

export const SEVERITIES = ['general', 'serious', 'major'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Zones of 陕西省秦岭生态环境保护条例 (2019-12-01), and the rest of the city. */
export const QINLING = ['core', 'key', 'general', 'outside'] as const
export type Qinling = (typeof QINLING)[number]

/** How an organisation is bound to a case. */
export const DUTIES = ['responsible', 'lead', 'supporting', 'supervising', 'acceptance'] as const
export type DutyKind = (typeof DUTIES)[number]

/** The five acceptance standards, after those of Anhui (2019) and Huangshan (2022): all must be true. */
export const STANDARDS = ['tasksDone', 'violationsPunished', 'effectMeetsStandard', 'inferenceDone', 'causeTraced'] as const
export type Standard = (typeof STANDARDS)[number]

export const ANSWERS = ['yes', 'no', 'na'] as const
export type Answer = (typeof ANSWERS)[number]

/** Facts that turn a case red whatever its progress. */
export const FLAGS = ['false_evidence', 'criticised'] as const
export type FlagKind = (typeof FLAGS)[number]

/** How far an inference (举一反三) looked. */
export const SCOPES = ['city', 'county', 'industry'] as const
export type Scope = (typeof SCOPES)[number]

/** Whether a case has ended: closed, or at one of the ends beside it. */
export function isEnded(state: State): boolean {
  return state === 'closed' || (ENDS as readonly State[]).includes(state)
}
