import { WORK_GROUP_LABELS, type WorkGroup } from '../../../src/cases/work/rules/groups.ts'
import type { Catalogue } from '../../shell/catalogue/zh.ts'
import type { Language } from '../../shell/language.tsx'

/** What a kind of work is called on the page. */
export function groupName(group: WorkGroup, o: { t: Catalogue; language: Language; soonDays: number }): string {
  return group === 'due_soon' ? o.t.myWork.dueSoon(o.soonDays) : WORK_GROUP_LABELS[group][o.language]
}
