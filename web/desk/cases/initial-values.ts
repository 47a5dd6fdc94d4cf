import type { Case, Duty } from '../../../src/cases/rules/case.ts'
import type { DutyKind } from '../../../src/cases/rules/codes.ts'
import type { FormMove } from './move-forms.ts'

type Values = Record<string, unknown>
/** What forms start from; a reader who may not see a part has no such key. */
export type Known = Pick<Case, 'title' | 'pollution' | 'thing' | 'severity' | 'place' | 'secrecy' | 'claims' | 'duties'> &
  Partial<Pick<Case, 'category' | 'enterprise' | 'common' | 'leader' | 'contact' | 'planDocNo' | 'term' | 'plan'>>

/** What a form begins with: what the case already says, so that nobody types it twice. */
export function initialValues(move: FormMove, c: Known, today: string): Values {
  return STARTS[move]?.(c, today) ?? {}
}

const STARTS: Partial<Record<FormMove, (c: Known, today: string) => Values>> = {
  triage: ({ title, category, pollution, thing, severity, place, claims, enterprise, secrecy, common }) => ({
    ...{ title, category, pollution, thing, severity, claims, enterprise, secrecy, common },
    ...{ qinling: place.qinling, address: place.address, point: typedPoint(place.point) },
  }),
  assign: ({ duties, leader, contact, planDocNo, term }) => ({
    ...{ leader, contact, planDocNo, term: term?.words },
    ...(duties.length > 0 && { duties }),
  }),
  plan: startOfPlan,
  county_accept: (_, today) => ({ onSite: { day: today } }),
  city_accept: (_, today) => ({ onSite: { day: today } }),
}

function startOfPlan({ duties, plan, term, planDocNo }: Known): Values {
  return {
    goal: plan?.goal,
    implementer: plan?.implementer ?? bound(duties, 'responsible')?.org,
    acceptanceUnit: plan?.acceptanceUnit ?? bound(duties, 'acceptance')?.org,
    term: (plan?.term ?? term)?.words,
    measures: plan?.measures ?? [{ id: 'm1', text: '', milestones: [] }],
    docNo: plan?.docNo ?? planDocNo,
  }
}

function bound(duties: readonly Duty[], as: DutyKind): Duty | undefined {
  return duties.find((duty) => duty.as === as)
}

function typedPoint(point: { lng: number; lat: number } | undefined) {
  return point && { lng: String(point.lng), lat: String(point.lat), crs: 'wgs84' }
}
