import { addDays, type Day } from '../../../base/rules/day.ts'
import { type Cited, type Law, ruleAt } from '../../../base/rules/law.ts'
import type { Actor, Label } from '../../../people/rules/actor.ts'
import { canSee, divisionsOf, type Sight } from '../../rules/access.ts'
import type { Case } from '../../rules/case.ts'
import { MOVE_LABELS } from '../../rules/labels.ts'
import { DUTIES, TAKEN_BY, type Turn, type TurnName } from './turns.ts'

/** The groups of a work list (我的工作), in the order in which they stand on it: what presses first, then the moves. */
export const WORK_GROUPS = ['overdue', 'due_soon', 'returned', ...DUTIES] as const
export type WorkGroup = (typeof WORK_GROUPS)[number]

export const WORK_GROUP_LABELS: Readonly<Record<WorkGroup, Label>> = {
  overdue: { zh: '逾期', en: 'Overdue' },
  due_soon: { zh: '临近到期', en: 'Due within days' },
  returned: { zh: '退回重办', en: 'Sent back' },
  ...(Object.fromEntries(DUTIES.map((move) => [move, MOVE_LABELS[move]])) as Record<(typeof DUTIES)[number], Label>),
  progress: { zh: '应报进展', en: 'Progress to report' },
}

/** The rule of a work list (kind `work`): how many days before its last day a term counts as near. */
export type WorkRule = { dueSoonDays: number }

/** What the groups of a day depend on. */
export type WorkDays = { today: Day; soonUntil: Day; soonDays: number; clause: Pick<Cited, 'source' | 'confidence'> }

/** The days of a work list under the law of the day. */
export function workDays(today: Day, law: Law): WorkDays {
  const { value, source, confidence } = ruleAt<WorkRule>(law.rules, 'work', 'default', today)
  return { today, soonUntil: addDays(today, value.dueSoonDays), soonDays: value.dueSoonDays, clause: { source, confidence } }
}

/** A turn that a post may take: of its organisation, or of the divisions that it answers for. */
export type Target = { turn: TurnName } & ({ org: string } | { area: Pick<Sight['areas'][number], 'regions' | 'locals'> })

/** Every turn that the posts of an actor may take. */
export function targetsOf(actor: Actor): Target[] {
  const turns = Object.keys(TAKEN_BY) as TurnName[]
  return actor.holdings.flatMap((holding) =>
    turns.flatMap((turn): Target[] => {
      const bond = TAKEN_BY[turn][holding.role]
      const byOrg = { turn, org: holding.org }
      const byArea = { turn, area: divisionsOf(holding, actor.tenant) }
      if (bond === 'area') return [byArea]
      if (bond === 'acceptance') return [byOrg, byArea]
      return bond ? [byOrg] : []
    }),
  )
}

/** The group of a turn on a day; undefined before the day it waits from, and for a last day that is not near. */
export function groupOf({ turn, since, due }: Pick<Turn, 'turn' | 'since' | 'due'>, days: WorkDays): WorkGroup | undefined {
  if (since > days.today) return undefined
  if (turn !== 'deadline') return turn
  if (!due || due > days.soonUntil) return undefined
  return due < days.today ? 'overdue' : 'due_soon'
}

/** Whether it is this actor's turn: what the queries of a work list say, said of one case. */
export function isTurnOf(actor: Actor, c: Case, turn: Turn): boolean {
  if (!canSee(actor, c) || turn.notAccounts.includes(actor.account)) return false
  if (actor.holdings.some(({ org }) => turn.notOrgs.includes(org))) return false
  const own = targetsOf(actor).filter((target) => target.turn === turn.turn)
  return own.some((target) => ('org' in target ? turn.orgs.includes(target.org) : turn.orgs.includes('') && isIn(target.area, c)))
}

function isIn({ regions, locals }: Pick<Sight['areas'][number], 'regions' | 'locals'>, { place }: Pick<Case, 'place'>): boolean {
  if (regions === '*' || regions.includes(place.region)) return true
  return locals.some((code) => code === place.town || code === place.village)
}
