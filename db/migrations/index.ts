import type { Migration } from 'kysely/migration'
import * as base from './0001-base.ts'
import * as journal from './0002-journal.ts'
import * as places from './0003-places.ts'
import * as people from './0004-people.ts'
import * as cases from './0005-cases.ts'
import * as caseSpots from './0006-case-spots.ts'
import * as layers from './0007-layers.ts'
import * as caseCounts from './0008-case-counts.ts'
import * as algorithms from './0009-algorithms.ts'
import * as rights from './0010-rights.ts'
import * as caseList from './0011-case-list.ts'
import * as boundCases from './0012-bound-cases.ts'
import * as caseWorkSearch from './0013-case-work-search.ts'
import * as deskViews from './0014-desk-views.ts'
import * as templates from './0015-templates.ts'
import * as supervision from './0016-supervision.ts'
import * as caseNumbers from './0017-case-numbers.ts'
import * as caseRelations from './0019-case-relations.ts'
import * as accounts from './0020-accounts.ts'
import * as deliveries from './0021-deliveries.ts'
import * as notices from './0022-notices.ts'
import * as ruleChanges from './0023-rule-changes.ts'

/** Every migration in order; forward only. */
export const migrations: Record<string, Migration> = {
  '0001-base': base,
  '0002-journal': journal,
  '0003-places': places,
  '0004-people': people,
  '0005-cases': cases,
  '0006-case-spots': caseSpots,
  '0007-layers': layers,
  '0008-case-counts': caseCounts,
  '0009-algorithms': algorithms,
  '0010-rights': rights,
  '0011-case-list': caseList,
  '0012-bound-cases': boundCases,
  '0013-case-work-search': caseWorkSearch,
  '0014-desk-views': deskViews,
  '0015-templates': templates,
  '0016-supervision': supervision,
  '0017-case-numbers': caseNumbers,
  '0019-case-relations': caseRelations,
  '0020-accounts': accounts,
  '0021-deliveries': deliveries,
  '0022-notices': notices,
  '0023-rule-changes': ruleChanges,
}
