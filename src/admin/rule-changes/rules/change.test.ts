import { describe, expect, it } from 'vitest'
import { toDay } from '../../../base/rules/day.ts'
import type { RuleRow } from '../../../base/rules/law.ts'
import { isRefusal } from '../../../base/rules/refusal.ts'
import { decideChange, decideProposal, decideWithdrawal, evolveChange, type Proposal, type RuleEvent } from './change.ts'

const ROW: RuleRow = {
  kind: 'reopen',
  key: 'default',
  validFrom: toDay('2022-05-01'),
  value: { radiusM: 50, months: 24 },
  source: 'own design',
  confidence: 'D',
}
const TODAY = toDay('2026-03-10')
const ANN = { account: 'a', name: 'Ann' }
const BOB = { account: 'b', name: 'Bob' }
const at = (by = ANN, rows: RuleRow[] = [ROW]) => ({ rows, today: TODAY, by })
const replace = (o: object = {}): Proposal => ({
  op: 'replace',
  kind: 'reopen',
  key: 'default',
  reason: '省厅新规',
  validFrom: toDay('2026-04-01'),
  value: { radiusM: 100, months: 24 },
  source: '陕环发〔2026〕1号',
  confidence: 'V',
  ...o,
})
const code = (answer: unknown) => (isRefusal(answer) ? answer.code : 'taken')
const proposed = evolveChange(undefined, decideProposal(replace(), at()) as RuleEvent)

describe('changing a rule', () => {
  it('speaks of the newest row, begins today or later and after that row, and keeps its form', () => {
    const told = [
      replace(),
      replace({ validFrom: TODAY }),
      replace({ key: 'none' }),
      replace({ validFrom: toDay('2026-03-09') }),
      replace({ value: { radiusM: '100', months: 24 } }),
      replace({ value: ROW.value }),
    ].map((p) => code(decideProposal(p, at())))
    expect(told).toEqual(['taken', 'taken', 'admin/no-such-rule', 'admin/rule-back', 'admin/rule-form', 'admin/rule-same'])
    const later = { ...ROW, validFrom: toDay('2026-05-01') }
    expect(code(decideProposal(replace(), at(ANN, [ROW, later])))).toBe('admin/rule-not-after')
  })

  it('a source is confirmed once', () => {
    const confirm: Proposal = { op: 'confirm', kind: 'reopen', key: 'default', reason: '已核对' }
    expect(code(decideProposal(confirm, at()))).toBe('taken')
    expect(code(decideProposal(confirm, at(ANN, [{ ...ROW, confirmedBy: 'Bob' }])))).toBe('admin/rule-verified')
    expect(code(decideProposal(confirm, at(ANN, [{ ...ROW, confidence: 'V' }])))).toBe('admin/rule-verified')
  })

  it('needs a second person, and ends once', () => {
    const yes = { approve: true, words: '同意' }
    expect(code(decideChange(proposed, yes, at(ANN)))).toBe('admin/own-change')
    const event = decideChange(proposed, yes, at(BOB)) as RuleEvent
    const approved = evolveChange(proposed, event)
    expect(approved).toMatchObject({ state: 'approved', version: 2, decidedBy: BOB })
    expect(code(decideChange(approved, yes, at(BOB)))).toBe('admin/change-ended')
    expect(code(decideWithdrawal(approved, at(ANN)))).toBe('admin/change-ended')
  })

  it('is taken back only by who proposed it, and is not approved of a row that is no longer the newest', () => {
    expect(code(decideWithdrawal(proposed, at(BOB)))).toBe('admin/not-own-change')
    expect(evolveChange(proposed, decideWithdrawal(proposed, at(ANN)) as RuleEvent).state).toBe('withdrawn')
    const moved = { ...ROW, validFrom: toDay('2026-03-20') }
    expect(code(decideChange(proposed, { approve: true, words: 'x' }, at(BOB, [ROW, moved])))).toBe('admin/rule-moved-on')
    expect(code(decideChange(proposed, { approve: false, words: 'x' }, at(BOB, [ROW, moved])))).toBe('taken')
    const late = { ...at(BOB), today: toDay('2026-04-02') }
    expect(code(decideChange(proposed, { approve: true, words: 'x' }, late))).toBe('admin/rule-back')
  })
})
