import type { Case, Claim, Duty, EvidenceItem, Measure, Stamp } from './case.ts'
import type { CaseEvent, EventOf } from './event.ts'
import { given, isBlank } from './given.ts'

/** 整改方案: the plan, and its acceptance unit among the bound organisations. */
export function planned(c: Case, e: EventOf<'plan'>): Case {
  const { implementer, implementerName, goal, term, measures, acceptanceUnit, acceptanceUnitName, docNo } = e.data.act
  const fields = { implementer, implementerName, goal, term, measures, acceptanceUnit, acceptanceUnitName }
  const held = isFilling(e) && c.plan ? filledFields(c.plan) : {}
  const plan = { ...fields, ...given({ docNo }), submitted: stamp(e), ...held }
  const acceptance: Duty = { org: plan.acceptanceUnit, orgName: plan.acceptanceUnitName, as: 'acceptance' }
  return { ...c, plan, duties: [...c.duties.filter((duty) => duty.as !== 'acceptance'), acceptance] }
}

/** 进展: findings on claims, measures and milestones done, money spent, and the report itself. */
export function progressed(c: Case, e: EventOf<'progress'>): Case {
  const { text, percent, findings } = e.data.act
  const claims = c.claims.map((claim): Claim => {
    const found = findings?.find((finding) => finding.claim === claim.id)
    return found ? { ...claim, finding: found.finding, ...given({ findingText: found.text }) } : claim
  })
  const progress = [...c.progress, { ...stamp(e), text, ...given({ percent }) }]
  const plan = c.plan && { ...c.plan, measures: c.plan.measures.map((measure) => advanced(measure, e)) }
  return { ...c, claims, progress, ...given({ plan }) }
}

/** The piece of evidence that an event added; whoever sends an attestation vouches in name, the public cannot. */
export function evidenceOf(e: EventOf<'evidence_added'>): EvidenceItem {
  const { item } = e.data.act
  const vouched = !isBlank(item.attestation) && e.by.role !== 'public'
  return { ...item, by: e.by, at: e.at, ...(vouched ? { attestedBy: e.by } : {}) }
}

/** When an event happened, and by whom. */
export function stamp(e: CaseEvent): Stamp {
  return { on: e.data.on, at: e.at, by: e.by }
}

/** Whether a step filled missing fields of an imported row where it stands; what the row has already is kept then. */
export function isFilling(e: CaseEvent): boolean {
  return e.data.from === e.data.to
}

function filledFields(plan: NonNullable<Case['plan']>): Partial<NonNullable<Case['plan']>> {
  const says = (value: unknown) => value !== '' && !(Array.isArray(value) && value.length === 0)
  const known = Object.entries(plan).filter(([key, value]) => says(value) && !(key === 'term' && plan.term.kind === 'unknown'))
  return Object.fromEntries(known)
}

function advanced(measure: Measure, e: EventOf<'progress'>): Measure {
  const { measuresDone = [], milestonesDone = [], explained = [], spentFen = [] } = e.data.act
  const on = e.data.on
  return {
    ...measure,
    milestones: measure.milestones.map((m) => (milestonesDone.includes(m.id) && !m.doneOn ? { ...m, doneOn: on } : m)),
    ...(measuresDone.includes(measure.id) && !measure.doneOn ? { doneOn: on } : {}),
    ...given({ explained: explained.find((x) => x.measure === measure.id)?.why }),
    ...given({ spentFen: spentFen.find((x) => x.measure === measure.id)?.fen }),
  }
}
