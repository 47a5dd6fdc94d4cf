import rows from '../../../data/rules/supervision.json' with { type: 'json' }
import { type Day, type Instant, toDay } from '../../base/rules/day.ts'
import type { Law, RuleRow } from '../../base/rules/law.ts'
import { LAW as CASES, momentOf, people, person } from '../../cases/testing/story.ts'
import type { CaseRef, Draft } from '../rules/item.ts'
import type { Env } from '../rules/ladder.ts'

/** The law as it ships, and people and drafts to walk items with. */
export const LAW: Law = { rules: [...CASES.rules, ...(rows as unknown as RuleRow[])], calendar: CASES.calendar }

export const who = {
  ...people,
  third: person('third', 'office'),
  countyLeader: person('countyLeader', 'leader', { area: '610702' }),
}
export type Who = keyof typeof who | 'system'

/** Somebody's decision on a day. */
export function env(by: Who, day: string, more: Partial<Env> = {}): Env {
  const actor = by === 'system' ? by : who[by]
  const at: Instant = momentOf(day)
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
