import { expect, it } from 'vitest'
import { verdictText, warningText } from './verdict-text.ts'
import type { Failure, Verdict } from './verify.ts'

const place = { seq: 5, subject: 'S', after: 4, upTo: 5 }
const mark = { index: 2, at: '2026-08-15T00:00:00.000Z' }
const counted = { found: 3, expected: 4 }
const hashed = { found: 'aa', expected: 'bb' }

const FAILURES: Failure[] = [
  { code: 'entry-malformed', ...place, reason: 'kind must be a text' },
  { code: 'tenant-differs', ...place, ...counted },
  { code: 'seq-gap', ...place, ...counted },
  { code: 'seq-repeated', ...place, ...counted },
  { code: 'leaf-differs', ...place, ...hashed },
  { code: 'leaf-differs', ...place, ...hashed, writtenAs: 6 },
  { code: 'subject-gap', ...place, ...counted },
  { code: 'beyond-head', ...place, ...counted },
  { code: 'checkpoint-differs', ...mark, after: 2, upTo: 4, size: 4, ...hashed },
  { code: 'cut-before-checkpoint', ...mark, ...place, ...counted },
  { code: 'cut-before-head', ...place, ...counted },
  { code: 'head-differs', after: 2, upTo: 4, ...hashed },
  { code: 'head-differs', after: 4, upTo: 4, ...hashed },
  { code: 'head-malformed', ...counted },
  { code: 'checkpoint-order', ...mark, ...counted },
  { code: 'checkpoint-split', ...mark, size: 4, ...hashed },
  { code: 'checkpoint-foreign', ...mark, origin: 'elsewhere', tenant: 610800 },
  { code: 'checkpoint-forged', ...mark, key: 'cc' },
  { code: 'checkpoint-hash', ...mark, found: 'sm3', expected: 'sha256' },
]
const asVerdict = (failure: Failure): Verdict => ({ ok: false, ...failure, warnings: [], clockBacks: 0 })

it.each(FAILURES)('$code is said whole in both languages', (failure) => {
  for (const language of ['zh', 'en'] as const) {
    const text = verdictText(asVerdict(failure), language)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(text.includes('\n')).toBe(false)
  }
})

it('says what was found and what was expected', () => {
  expect(verdictText(asVerdict(FAILURES[8]!), 'zh')).toBe(
    '与外部检查点不符：2026-08-15T00:00:00.000Z 的检查点（第 2 个）登记前 4 条事件的根为 bb，现算得 aa，日志被整体改写。最早被改动的事件在第 3 至 4 条之间。',
  )
  expect(verdictText(asVerdict(FAILURES[9]!), 'en')).toBe(
    'Tail cut or old backup: the checkpoint of 2026-08-15T00:00:00.000Z (number 2) has 4 events, here are only 3; missing from event 5 on.',
  )
  expect(verdictText(asVerdict(FAILURES[5]!), 'en')).toBe(
    'Event 5 (S) differs from its recorded hash: the content gives aa, recorded is bb. ' +
      'It was written as event 6: events were removed or put in before it. The first changed event is 5.',
  )
})

it('says that all is well, and what to look at', () => {
  expect(verdictText({ ok: true, size: 7, hash: 'sm3', root: '', warnings: [], clockBacks: 0 }, 'zh')).toBe(
    '日志完好：共 7 条事件，逐条核对一致（SM3 杂凑）。',
  )
  expect(verdictText({ ok: true, size: 7, hash: 'sha256', root: '', warnings: [], clockBacks: 0 }, 'en')).toBe(
    'The journal is intact: all 7 events agree (hashed with SHA-256).',
  )
  const warning = { code: 'clock-back', seq: 5, subject: 'S', at: 'T1', before: 'T2', witness: 'checkpoint' } as const
  expect(warningText(warning, 'zh')).toBe('时钟倒退：第 5 条事件（S）的时间为 T1，而此前的检查点已到 T2。')
  expect(warningText(warning, 'en')).toBe('Clock went back: event 5 (S) is of T1, but an earlier checkpoint had reached T2.')
})
