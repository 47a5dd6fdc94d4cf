import years from '../../../data/calendar/state-council.json' with { type: 'json' }
import rows from '../../../data/rules/supervision.json' with { type: 'json' }
import type { Calendar } from '../../base/rules/calendar.ts'
import { type Day, type Instant, toDay } from '../../base/rules/day.ts'
import type { Law, RuleRow } from '../../base/rules/law.ts'
import type { Actor, Role } from '../../people/rules/actor.ts'
import type { CaseRef, Draft } from '../rules/item.ts'
import type { Env } from '../rules/ladder.ts'

/** The law as it ships, and people and drafts to walk items with. */
export const LAW: Law = { rules: rows as unknown as RuleRow[], calendar: years as unknown as Calendar }

function person(name: string, role: Role, o: { org?: string; area?: string } = {}): Actor {
  const org = o.org ?? 'office'
  const holding = { post: `post-${name}`, title: role, role, org, orgName: org, area: o.area ?? '610700', standIn: false }
  return { tenant: 610700, account: name, name, clearance: 3, holdings: [holding] }
}

const county = { area: '610702' }
export const who = {
  office: person('office', 'office'),
  second: person('second', 'office'),
  third: person('third', 'office'),
  county: person('county', 'county_office', { org: 'county', ...county }),
  otherCounty: person('otherCounty', 'county_office', { org: 'county2', area: '610722' }),
  unit: person('unit', 'unit', { org: 'unit', ...county }),
  stranger: person('stranger', 'unit', { org: 'lead', ...county }),
  inspector: person('inspector', 'inspector', { org: 'inspection' }),
  leader: person('leader', 'leader', { org: 'leaders' }),
  countyLeader: person('countyLeader', 'leader', county),
  grid: person('grid', 'grid', county),
  chief: person('chief', 'chief', county),
  analyst: person('analyst', 'analyst'),
  publisher: person('publisher', 'publisher'),
  auditor: person('auditor', 'auditor'),
  resident: { tenant: 610700, account: 'resident', name: 'resident', clearance: 0, holdings: [] },
} satisfies Record<string, Actor>
export type Who = keyof typeof who | 'system'

/** Somebody's decision on a day. */
export function env(by: Who, day: string, more: Partial<Env> = {}): Env {
  const actor = by === 'system' ? by : who[by]
  const at = `${day}T02:00:00.000Z` as Instant
  return { by: actor, at, today: toDay(day), law: LAW, tenant: 610700, cityName: '汉中市', id: 'item-1', seq: 1, ...more }
}

export function ref(id: string, more: Partial<CaseRef> = {}): CaseRef {
  const said = { no: `HZ-${id}`, title: `弃渣 ${id}`, region: '610702', secrecy: 1 }
  return { id, ...said, colour: 'yellow', why: [], due: '2026-02-10' as Day, ...more }
}

export function draft(more: Partial<Draft> = {}): Draft {
  return {
    ...{ move: 'draft', kind: 'reminder', origin: 'hand', region: '610702', org: 'unit', orgName: '汉台区住建局' },
    ...{ cases: [ref('c1')], grounds: [{ trigger: 'hand', inputs: { reason: '滞后' } }], title: '提醒函', text: '请加快整改' },
    ...more,
  }
}
