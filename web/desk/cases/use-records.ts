import { isRefusal } from '../../../src/base/rules/refusal.ts'
import { boundOrgs, capacityFor } from '../../../src/cases/rules/access.ts'
import { RECORD_RULES } from '../../../src/cases/rules/procedure.ts'
import { useMe } from '../../shell/session.ts'
import type { Detail } from './case-view.ts'

const RECORDS = ['acknowledge', 'remind', 'flag'] as const

/** The records beside the procedure that this person can make on the case now, the unit's receipt of a reminder first. */
export function useRecords(c: Detail): (typeof RECORDS)[number][] {
  const me = useMe()
  const actor = { ...me, clearance: c.secrecy }
  return RECORDS.filter((move) => {
    const rule = RECORD_RULES[move]
    if (!rule.from.includes(c.state) || (c.suspension && !rule.whileSuspended)) return false
    if (move === 'remind' && boundOrgs(c, 'responsible', 'lead').length === 0) return false
    if (move === 'acknowledge' && !c.reminders?.some((reminder) => !reminder.acknowledged)) return false
    return !isRefusal(capacityFor(rule, { ...c, tenant: me.tenant }, { actor, confirming: false }))
  })
}
