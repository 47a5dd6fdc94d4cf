import years from '../../../data/calendar/state-council.json' with { type: 'json' }
import rows from '../../../data/rules/cases.json' with { type: 'json' }
import type { Calendar } from '../../base/rules/calendar.ts'
import { type Day, type Instant, toDay } from '../../base/rules/day.ts'
import type { Law, RuleRow } from '../../base/rules/law.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { Term } from '../../base/rules/term.ts'
import type { Actor, Role } from '../../people/rules/actor.ts'
import type { Act, ActOf, AddEvidence } from '../rules/act.ts'
import type { Case, Standards } from '../rules/case.ts'
import type { Path, SourceType } from '../rules/codes.ts'
import type { Env } from '../rules/env.ts'
import type { CaseEvent } from '../rules/event.ts'
import { decide, evolve } from '../rules/lifecycle.ts'
import type { PathRule } from '../rules/path-rule.ts'

/** The law as it ships, and people, acts and evidence to walk cases with; used by the tests of the rules. */
export const LAW: Law = { rules: rows as unknown as RuleRow[], calendar: years as unknown as Calendar }

export const TENANT = 610700
export const PLACE = { lng: 107.0312, lat: 33.0678 }
const ORGS = {
  office: '市环督办',
  county: '汉台区整改办',
  unit: '汉台区住建局',
  lead: '汉台区城管局',
  helper: '汉台区水利局',
  inspection: '市住建局',
  leaders: '市领导小组',
} as const
type OrgKey = keyof typeof ORGS

/** A post in the city (610700) or in a county; the organisation's id is its key. */
export function person(name: string, role: Role, o: { org?: OrgKey; area?: string } = {}): Actor {
  const org = o.org ?? 'office'
  const holding = { post: `post-${name}`, title: role, role, org, orgName: ORGS[org], area: o.area ?? '610700', standIn: false }
  return { tenant: TENANT, account: name, name, clearance: 3, holdings: [holding] }
}

export const people = {
  office: person('office', 'office'),
  second: person('second', 'office'),
  county: person('county', 'county_office', { org: 'county', area: '610702' }),
  otherCounty: person('otherCounty', 'county_office', { org: 'county', area: '610722' }),
  unit: person('unit', 'unit', { org: 'unit', area: '610702' }),
  helper: person('helper', 'unit', { org: 'helper', area: '610702' }),
  stranger: person('stranger', 'unit', { org: 'lead', area: '610702' }),
  inspector: person('inspector', 'inspector', { org: 'inspection' }),
  leader: person('leader', 'leader', { org: 'leaders' }),
  grid: person('grid', 'grid', { area: '610702' }),
  chief: person('chief', 'chief', { area: '610702' }),
  analyst: person('analyst', 'analyst'),
  publisher: person('publisher', 'publisher'),
  payout: person('payout', 'payout'),
  sysadmin: person('sysadmin', 'sysadmin'),
  secadmin: person('secadmin', 'secadmin'),
  auditor: person('auditor', 'auditor'),
  resident: { tenant: TENANT, account: 'resident', name: 'resident', clearance: 0, holdings: [] },
} satisfies Record<string, Actor>
export type PersonKey = keyof typeof people

/** Ten in the morning in Shanghai, or another hour. */
export function momentOf(day: string, hour = 10): Instant {
  return `${day}T${String(hour - 8).padStart(2, '0')}:00:00.000Z` as Instant
}

/** A case on its way: what happened, the day it is, and the two ways to act on it. */
export type Story = {
  c: Case
  events: CaseEvent[]
  day: Day
  /** Acts and expects it to be taken. */
  go(who: PersonKey, act: Act, more?: Partial<Env>): Case
  /** Acts and expects a refusal. */
  no(who: PersonKey, act: Act, more?: Partial<Env>): Refusal
  /** Decides without changing anything. */
  ask(who: PersonKey, act: Act, more?: Partial<Env>): CaseEvent | Refusal
}

export const SOURCE_OF: Record<Path, SourceType> = {
  inspection: 'provincial_inspection',
  petition: 'central_petition',
  complaint: 'hotline_12345',
  patrol: 'grid_patrol',
  lead: 'satellite',
}

/** The report of a problem on a path. */
export function reportOf(path: Path, more: Partial<ActOf<'report'>> = {}): ActOf<'report'> {
  const place = { region: '610702', point: PLACE, address: '褒河右岸' }
  return { move: 'report', source: SOURCE_OF[path], title: '弃渣堆放', originalText: '褒河右岸弃渣露天堆放。', place, ...more }
}

/** A new case, reported by the office on a day. */
export function begin(path: Path, o: { day?: string; report?: Partial<ActOf<'report'>>; law?: Law } = {}): Story {
  const day = toDay(o.day ?? '2026-03-02')
  return follow(reportOf(path, o.report), { day, law: o.law ?? LAW })
}

/** A case that was imported. */
export function beginImported(start: ActOf<'import'>['start'], day = '2026-03-02'): Story {
  return follow({ move: 'import', start }, { day: toDay(day), law: LAW })
}

function follow(first: Act, o: { day: Day; law: Law }): Story {
  const envOf = (who: PersonKey, day: Day, more: Partial<Env> = {}): Env => ({
    by: people[who],
    at: momentOf(day),
    today: day,
    law: o.law,
    ...more,
  })
  const opened = decide(undefined, first, { ...envOf('office', o.day), id: 'case-1', no: 'HZ-2026-000001' })
  if (isRefusal(opened)) throw new Error(`${opened.code} ${JSON.stringify(opened.params)}`)
  const story: Story = {
    c: evolve(undefined, opened),
    events: [opened],
    day: o.day,
    ask: (who, act, more) => decide(story.c, act, envOf(who, story.day, more)),
    go(who, act, more) {
      const event = story.ask(who, act, more)
      if (isRefusal(event)) throw new Error(`${act.move}: ${event.code} ${JSON.stringify(event.params)}`)
      story.events.push(event)
      story.c = evolve(story.c, event)
      return story.c
    },
    no(who, act, more) {
      const event = story.ask(who, act, more)
      if (!isRefusal(event)) throw new Error(`${act.move} was taken`)
      return event
    },
  }
  return story
}

export const BY_JUNE: Term = { words: '2026年6月底前', kind: 'by_day', day: toDay('2026-06-30') }
export const LONG_TERM: Term = { words: '长期坚持', kind: 'long_term' }
export const AT_ONCE: Term = { words: '立行立改', kind: 'at_once' }

const yes = { answer: 'yes' as const }
export const ALL_MET: Standards = {
  tasksDone: yes,
  violationsPunished: yes,
  effectMeetsStandard: yes,
  inferenceDone: yes,
  causeTraced: yes,
}

export const DUTIES: ActOf<'assign'>['duties'] = [
  { org: 'unit', orgName: ORGS.unit, as: 'responsible' },
  { org: 'helper', orgName: ORGS.helper, as: 'supporting' },
]

/** The usual act of each move, to be changed where a test needs it. */
export const acts = {
  triage: { move: 'triage', category: 'W4', pollution: ['waste'], thing: 'place', severity: 'general', qinling: 'outside' },
  decline: { move: 'decline', reason: '线索不详' },
  merge: { move: 'merge', into: 'case-2', reason: '同一问题' },
  assign: { move: 'assign', duties: DUTIES, leader: { name: '甲', title: '副区长' }, term: BY_JUNE },
  sign: { move: 'sign' },
  return: { move: 'return', reason: '不属本单位职责', basis: '三定方案', suggested: '水利局' },
  overrule: { move: 'arbitrate', uphold: false, reason: '属本单位职责' },
  uphold: { move: 'arbitrate', uphold: true, reason: '确不属本单位职责' },
  plan: {
    move: 'plan',
    implementer: 'unit',
    implementerName: ORGS.unit,
    goal: '清除弃渣',
    term: BY_JUNE,
    acceptanceUnit: 'inspection',
    acceptanceUnitName: ORGS.inspection,
    measures: [
      {
        id: 'm1',
        text: '清运弃渣',
        standard: '现场无弃渣',
        moneyFen: 12_000_000,
        milestones: [{ id: 'm1.1', text: '清运一半', due: toDay('2026-05-10'), standard: '600 立方米' }],
      },
    ],
  },
  approve: { move: 'approve_plan' },
  rejectPlan: { move: 'reject_plan', reason: '目标不明确' },
  progress: { move: 'progress', text: '已全部清运', percent: 100 },
  allDone: { move: 'progress', text: '已全部清运', percent: 100, measuresDone: ['m1'], milestonesDone: ['m1.1'] },
  selfCheck: { move: 'self_check', conclusion: '已完成', standards: ALL_MET },
  countyReject: { move: 'county_reject', reason: '弃渣未清' },
  cityReject: { move: 'city_reject', reason: '弃渣未清' },
  publicise: { move: 'publicise', channel: '市生态环境局网站', phone: '0916-2253396' },
  object: { move: 'object', id: 'o1', sealed: 'seal-1', text: '并未清完' },
  file: { move: 'file', docNo: '汉环督备〔2026〕3号', filedWith: '省督察办' },
  close: { move: 'close' },
  confirmed: { move: 'recheck', result: 'confirmed', finding: '未反弹' },
  rebound: { move: 'recheck', result: 'rebound', finding: '再次堆放' },
  reopen: { move: 'reopen', reason: '群众再次反映' },
  transfer: { move: 'transfer', to: '市纪委', reason: '虚假整改', docNo: '汉环督移〔2026〕1号' },
  unfounded: { move: 'mark_unfounded', reason: '现场无此情形' },
  infer: { move: 'infer', pattern: '河道弃渣', scope: 'county', checked: 12, found: 1 },
  extend: {
    move: 'request_extension',
    reason: '汛期停工',
    progress: '已完成六成',
    newPlan: '八月底完成',
    toDay: toDay('2026-08-31'),
  },
  suspend: { move: 'suspend', reason: '等待鉴定', basis: '领导批示', approvedBy: { account: 'leader' } },
  resume: { move: 'resume', reason: '鉴定完成' },
  red: { move: 'override_colour', colour: 'red', reason: '媒体关注' },
} satisfies Record<string, Act>

/** A visit by two people on a day. */
export function accept(move: 'county_accept' | 'city_accept', day: string): Act {
  return { move, onSite: { day: toDay(day), people: ['甲', '乙'], point: PLACE }, standards: ALL_MET, conclusion: '合格' }
}

let files = 0

/** A photo with EXIF, taken at ten on a day at the place, or changed as a test needs. */
export function photo(
  kind: 'before' | 'after' | 'site_visit',
  day: string,
  more: Partial<AddEvidence['item']> = {},
): AddEvidence {
  files++
  const sha256 = files.toString(16).padStart(64, '0')
  const item = { id: `e${files}`, kind, sha256, name: `${kind}-${files}.jpg`, mime: 'image/jpeg', bytes: 1000, hasExif: true }
  return { move: 'add_evidence', item: { ...item, takenAt: momentOf(day, 9), point: PLACE, ...more } }
}

/** A photo that lost its EXIF on the way, vouched for or not. */
export function bare(kind: 'before' | 'after', attestation?: string): AddEvidence {
  const { takenAt: _, point: __, ...item } = photo(kind, '2026-01-01', { hasExif: false }).item
  return { move: 'add_evidence', item: { ...item, ...(attestation ? { attestation } : {}) } }
}

/** An issued document as evidence of an institutional duty. */
export function issued(day: string, more: Partial<NonNullable<AddEvidence['item']['doc']>> = {}): AddEvidence {
  files++
  const doc = { no: `汉编办〔2026〕${files}号`, title: '职责分工', issuer: '市委编办', issuedOn: toDay(day), ...more }
  const sha256 = files.toString(16).padStart(64, '0')
  const item = {
    id: `e${files}`,
    kind: 'document' as const,
    sha256,
    name: `${files}.pdf`,
    mime: 'application/pdf',
    bytes: 9,
    hasExif: false,
  }
  return { move: 'add_evidence', item: { ...item, doc } }
}

/** The law with some fields of one rule's value changed; for tests of what the figures do. */
export function lawWith(kind: string, key: string, change: Partial<PathRule> | Record<string, unknown>): Law {
  const swap = (row: RuleRow): RuleRow =>
    row.kind === kind && row.key === key ? { ...row, value: { ...(row.value as object), ...change } } : row
  return { ...LAW, rules: LAW.rules.map(swap) }
}
