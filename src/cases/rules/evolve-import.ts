import type { Day } from '../../base/rules/day.ts'
import type { ImportedStart } from './act.ts'
import type { Case, Checks, Plan, Stamp } from './case.ts'
import { DEFAULT_SECRECY, SOURCE_PATHS } from './codes.ts'
import type { EventOf } from './event.ts'
import { given } from './given.ts'

/**
 * The case that an imported row proves. Days are the row's own; who entered them is the importer, since the sheet names nobody.
 */
export function caseOfImport(e: EventOf<'imported'>): Case {
  const { start } = e.data.act
  const { effect } = e.data
  const path = start.path ?? SOURCE_PATHS[start.source]
  const stamp = (on: Day): Stamp => ({ on, at: e.at, by: e.by })
  return {
    ...{ tenant: e.tenant, id: e.case, version: 1, no: effect.no ?? '', path },
    ...{ source: start.source, originalText: start.originalText, title: start.title, pollution: start.pollution ?? [] },
    ...{
      thing: start.thing ?? 'place',
      severity: start.severity ?? 'general',
      place: start.place,
      secrecy: start.secrecy ?? DEFAULT_SECRECY[path],
    },
    ...{ reportedOn: start.reportedOn, claims: start.claims ?? [], duties: dutiesOf(start), clocks: {}, returns: 0 },
    ...{
      progress: (start.progress ?? []).map(({ on, ...rest }) => ({ ...stamp(on), ...rest })),
      acceptanceRejects: 0,
      evidence: [],
    },
    ...{ checks: checksOf(start, stamp), reopenings: [], extensions: [], inferences: [], flags: [], links: start.links ?? {} },
    ...{ state: start.state, incomplete: [], sample: start.sample ?? false, rules: [], imported: originOf(e) },
    ...given({ batch: start.batch, originalNo: start.originalNo, planDocNo: start.planDocNo, category: start.category }),
    ...given({ common: start.common, enterprise: start.enterprise, foundOn: start.foundOn, leader: start.leader }),
    ...given({ contact: start.contact, term: start.term, due: start.due, closedOn: start.closedOn }),
    ...given({ plan: start.plan && planOf(start.plan, stamp, e.data.on), assigned: start.assignedOn && stamp(start.assignedOn) }),
    ...given({ notice: start.notice && { ...start.notice, objections: [] } }),
    ...given({ filing: start.filing && { ...stamp(start.filing.on), ...start.filing } }),
    ...given({ recheck: start.recheck && { ...start.recheck, selected: 'sample' as const, results: [] } }),
    ...given({ ended: start.ended && { ...stamp(start.ended.on), ...start.ended } }),
  }
}

function originOf(e: EventOf<'imported'>): NonNullable<Case['imported']> {
  const { key, file, row, words } = e.data.act.start
  return { on: e.data.on, at: e.at, by: e.by, key, ...given({ file, row, words }) }
}

// The acceptance unit of the plan is bound like one that came by the procedure.
function dutiesOf({ duties = [], plan }: ImportedStart): Case['duties'] {
  const named = plan?.acceptanceUnit && !duties.some((duty) => duty.as === 'acceptance')
  return named ? [...duties, { org: plan.acceptanceUnit, orgName: plan.acceptanceUnitName, as: 'acceptance' }] : duties
}

function checksOf({ checks = {} }: ImportedStart, stamp: (on: Day) => Stamp): Checks {
  const steps = Object.entries(checks).map(([step, { on, ...rest }]) => [step, { ...stamp(on), ...rest }])
  return Object.fromEntries(steps) as Checks
}

function planOf(plan: NonNullable<ImportedStart['plan']>, stamp: (on: Day) => Stamp, today: Day): Plan {
  const { submittedOn, approvedOn, ...fields } = plan
  return { ...fields, submitted: stamp(submittedOn ?? today), ...(approvedOn ? { approved: stamp(approvedOn) } : {}) }
}
