import type { Day } from '../../../base/rules/day.ts'
import type { Confidence, RuleRow } from '../../../base/rules/law.ts'
import { type Refusal, refuse } from '../../../base/rules/refusal.ts'
import { isUnverified } from '../../../base/rules/source.ts'
import { misfits } from './shape.ts'

/** Who did something to a change. */
export type Person = { account: string; name: string }

/** A row that shall hold from a day on, or the word that the present row was checked against its source. */
export type Proposal = { kind: string; key: string; reason: string } & (
  | { op: 'replace'; validFrom: Day; value: unknown; source: string; confidence: Confidence }
  | { op: 'confirm' }
)

/** A change of the rules and where it stands; `was` is the row it speaks of. The state is the fold of its events. */
export type RuleChange = {
  version: number
  state: 'proposed' | 'approved' | 'refused' | 'withdrawn'
  proposal: Proposal
  was: { validFrom: Day; value: unknown; source: string; confidence: Confidence }
  proposedBy: Person
  proposedOn: Day
  decidedBy?: Person
  decidedOn?: Day
  words?: string
}

export type RuleEvent =
  | { type: 'rule_proposed'; proposal: Proposal; was: RuleChange['was']; by: Person; on: Day }
  | { type: 'rule_decided'; approve: boolean; words: string; by: Person; on: Day }
  | { type: 'rule_withdrawn'; by: Person; on: Day }

/** The next state of a change. */
export function evolveChange(before: RuleChange | undefined, e: RuleEvent): RuleChange {
  if (e.type === 'rule_proposed') {
    const { proposal, was, by, on } = e
    return { version: 1, state: 'proposed', proposal, was, proposedBy: by, proposedOn: on }
  }
  if (!before) throw new Error(`${e.type} before rule_proposed`)
  const next = { ...before, version: before.version + 1, decidedBy: e.by, decidedOn: e.on }
  if (e.type === 'rule_withdrawn') return { ...next, state: 'withdrawn' }
  return { ...next, state: e.approve ? 'approved' : 'refused', words: e.words }
}

type At = { rows: readonly RuleRow[]; today: Day; by: Person }

/** A proposal against the rules as they stand: it speaks of the newest row, begins no earlier than today, and keeps the row's form. */
export function decideProposal(proposal: Proposal, { rows, today, by }: At): RuleEvent | Refusal {
  const row = newest(rows, proposal)
  if (!row) return refuse('invalid', 'admin/no-such-rule', { rule: `${proposal.kind}/${proposal.key}` })
  const wrong = proposal.op === 'confirm' ? refuseConfirmation(row) : refuseReplacement(proposal, { row, rows, today })
  if (wrong) return wrong
  const { validFrom, value, source, confidence } = row
  return { type: 'rule_proposed', proposal, was: { validFrom, value, source, confidence }, by, on: today }
}

function refuseConfirmation(row: RuleRow): Refusal | undefined {
  return isUnverified(row) ? undefined : refuse('invalid', 'admin/rule-verified', { rule: `${row.kind}/${row.key}` })
}

function refuseReplacement(
  p: Extract<Proposal, { op: 'replace' }>,
  { row, rows, today }: { row: RuleRow; rows: readonly RuleRow[]; today: Day },
): Refusal | undefined {
  if (p.validFrom < today) return refuse('invalid', 'admin/rule-back', { day: p.validFrom, today })
  if (p.validFrom <= row.validFrom) return refuse('invalid', 'admin/rule-not-after', { day: p.validFrom, last: row.validFrom })
  const same = rows.filter((r) => r.kind === p.kind && r !== row).map((r) => r.value)
  const [misfit] = misfits(p.value, row.value, same)
  if (misfit) return refuse('invalid', 'admin/rule-form', misfit)
  const isSame = JSON.stringify(p.value) === JSON.stringify(row.value)
  return isSame ? refuse('invalid', 'admin/rule-same', {}) : undefined
}

/** A decision: by somebody else than who proposed, and only while the row it speaks of is still the newest. */
export function decideChange(
  change: RuleChange,
  o: { approve: boolean; words: string },
  { rows, today, by }: At,
): RuleEvent | Refusal {
  if (change.state !== 'proposed') return refuse('not-now', 'admin/change-ended', { state: change.state })
  if (change.proposedBy.account === by.account) return refuse('never', 'admin/own-change', {})
  const { proposal, was } = change
  if (o.approve && newest(rows, proposal)?.validFrom !== was.validFrom) return refuse('not-now', 'admin/rule-moved-on', {})
  if (o.approve && proposal.op === 'replace' && proposal.validFrom < today)
    return refuse('not-now', 'admin/rule-back', { day: proposal.validFrom, today })
  return { type: 'rule_decided', approve: o.approve, words: o.words, by, on: today }
}

/** Taking it back: by who proposed it, while it waits. */
export function decideWithdrawal(change: RuleChange, { today, by }: Pick<At, 'today' | 'by'>): RuleEvent | Refusal {
  if (change.state !== 'proposed') return refuse('not-now', 'admin/change-ended', { state: change.state })
  if (change.proposedBy.account !== by.account) return refuse('never', 'admin/not-own-change', {})
  return { type: 'rule_withdrawn', by, on: today }
}

/** The row of a rule that begins last. */
export function newest(rows: readonly RuleRow[], of: { kind: string; key: string }): RuleRow | undefined {
  return rows.filter((r) => r.kind === of.kind && r.key === of.key).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
}
