import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HASHES } from '../crypto/algorithms.ts'
import type { Entry } from './entry.ts'
import { leafHash } from './merkle.ts'
import { chain, eventsOn, frontierOf, honestLog, type Log, newKey, subjectId, verdictOn, witness } from './test-log.ts'
import { verdictText } from './verdict-text.ts'
import type { Failure, StoredEntry, Verdict } from './verify.ts'

const KEY = newKey()
const RUNS = { numRuns: 100 }

describe.each(HASHES)('hashed with %s', (HASH) => {
  /** An honest log, and two places in it. */
  const sample = fc
    .record({ subjects: fc.array(fc.nat(4), { minLength: 2, maxLength: 45 }), every: fc.integer({ min: 1, max: 12 }) })
    .chain(({ subjects, every }) => {
      const place = fc.nat(subjects.length - 1)
      return fc.record({
        log: fc.constant(honestLog(subjects, { hash: HASH, every, key: KEY })),
        every: fc.constant(every),
        i: place,
        j: place,
      })
    })

  type Sample = { log: Log; every: number; i: number; j: number }

  const edits: ((entry: StoredEntry) => StoredEntry)[] = [
    (entry) => ({ ...entry, data: { note: '改' } }),
    (entry) => ({ ...entry, by: { user: 99 } }),
    (entry) => ({ ...entry, kind: 'close' }),
    (entry) => ({ ...entry, context: 'credit' }),
    (entry) => ({ ...entry, at: entry.at.replace('2026', '2027') }),
    (entry) => ({ ...entry, subject: subjectId(77) }),
  ]

  const renumbered = (entries: readonly StoredEntry[]) => entries.map((entry, i) => ({ ...entry, seq: i + 1 }))
  const replaced = (entries: readonly StoredEntry[], i: number, by: StoredEntry) => entries.with(i, by)
  const forged = (entry: StoredEntry): StoredEntry => ({ ...entry, data: 'forged', leaf: leafHash(HASH, Buffer.from('guess')) })

  /** Where the verdict looks for the first changed event, after checking that it failed and can be said in both languages. */
  function failed(verdict: Verdict, ...codes: Failure['code'][]): Failure & { ok: false } {
    expect(codes).toContain(verdict.ok ? 'ok' : verdict.code)
    if (verdict.ok) throw new Error('found nothing')
    expect(verdictText(verdict, 'zh')).not.toMatch(/\bundefined\b|\bNaN\b(?![A-Za-z0-9+/=])/)
    expect(verdictText(verdict, 'en')).not.toMatch(/\bundefined\b|\bNaN\b(?![A-Za-z0-9+/=])/)
    return verdict
  }

  function expectWithin(verdict: Failure, seq: number): void {
    expect(verdict).toSatisfy((f: { after: number; upTo: number }) => f.after < seq && seq <= f.upTo)
  }

  /** The checkpoints that hold the event between them. */
  function interval(log: Log, seq: number): { after: number; upTo: number } {
    const sizes = log.checkpoints.map(({ size }) => size)
    return { after: sizes.findLast((size) => size < seq) ?? 0, upTo: sizes.find((size) => size >= seq)! }
  }

  const checkAll = (property: (sample: Sample) => Promise<unknown>) =>
    fc.assert(
      fc.asyncProperty(sample, async (given) => {
        await property(given)
      }),
      RUNS,
    )

  describe('no false alarm', () => {
    it('on untouched logs', () =>
      checkAll(async ({ log }) => {
        const root = expect.any(String)
        expect(await verdictOn(log, { publicKey: KEY.publicKey })).toEqual({
          ok: true,
          size: log.entries.length,
          hash: HASH,
          root,
          warnings: [],
          clockBacks: 0,
        })
      }))
  })

  describe('1 edit', () => {
    it('of a row names the event', () =>
      checkAll(async ({ log, i, j }) => {
        const edit = edits[j % edits.length]!
        const verdict = failed(
          await verdictOn({ ...log, entries: replaced(log.entries, i, edit(log.entries[i]!)) }),
          'leaf-differs',
        )
        expect(verdict).toMatchObject({ seq: i + 1 })
        expect(verdict).not.toHaveProperty('writtenAs')
        expectWithin(verdict, i + 1)
      }))

    it('of a row and its hash is within the interval', () =>
      checkAll(async ({ log, i }) => {
        const entries = replaced(log.entries, i, chain(HASH, [edits[0]!(log.entries[i]!)]).entries[0]!)
        const verdict = failed(await verdictOn({ ...log, entries }), 'checkpoint-differs', 'head-differs')
        expectWithin(verdict, i + 1)
      }))

    it('of the recorded hash names the event', () =>
      checkAll(async ({ log, i }) => {
        const entries = replaced(log.entries, i, { ...log.entries[i]!, leaf: Buffer.alloc(32) })
        expect(failed(await verdictOn({ ...log, entries }), 'leaf-differs')).toMatchObject({ seq: i + 1 })
      }))

    it('of the head leaves the events good', () =>
      checkAll(async ({ log }) => {
        const frontier = frontierOf(HASH, log.entries.map(forged))
        const verdict = failed(await verdictOn({ ...log, head: { ...log.head, frontier } }), 'head-differs')
        expect(verdict).toMatchObject({ after: log.checkpoints.at(-1)?.size ?? 0, upTo: log.entries.length })
      }))
  })

  describe('2 delete', () => {
    it('names the missing event', () =>
      checkAll(async ({ log, i }) => {
        const verdict = await verdictOn({ ...log, entries: log.entries.toSpliced(i, 1) })
        expect(failed(verdict, 'seq-gap', 'cut-before-checkpoint', 'cut-before-head')).toMatchObject({ seq: i + 1 })
      }))

    it('with renumbering names the event that moved up, and says so', () =>
      checkAll(async ({ log, i }) => {
        const verdict = await verdictOn({ ...log, entries: renumbered(log.entries.toSpliced(i, 1)) })
        const isLast = i === log.entries.length - 1
        failed(verdict, ...(isLast ? (['cut-before-checkpoint', 'cut-before-head'] as const) : (['leaf-differs'] as const)))
        expect(verdict).toMatchObject({ seq: i + 1, ...(isLast ? {} : { writtenAs: i + 2 }) })
      }))
  })

  describe('3 swap', () => {
    const swapped = ({ log: { entries }, i, j }: Sample, keepLeaves: boolean) => {
      const leafAt = (at: number, from: StoredEntry) => (keepLeaves ? entries[at]!.leaf : from.leaf)
      const put = (at: number, from: StoredEntry) => ({ ...from, seq: at + 1, leaf: leafAt(at, from) })
      return entries.with(i, put(i, entries[j]!)).with(j, put(j, entries[i]!))
    }

    it.each([true, false])('names the earlier event (hashes left in place: %s)', (keepLeaves) =>
      checkAll(async (given) => {
        fc.pre(given.i !== given.j)
        const verdict = failed(await verdictOn({ ...given.log, entries: swapped(given, keepLeaves) }), 'leaf-differs')
        expect(verdict).toMatchObject({ seq: Math.min(given.i, given.j) + 1 })
      }),
    )
  })

  describe('4 insert', () => {
    it('of an event with a guessed hash names it', () =>
      checkAll(async ({ log, i }) => {
        const entries = renumbered(log.entries.toSpliced(i, 0, forged(log.entries[i]!)))
        expect(failed(await verdictOn({ ...log, entries }), 'leaf-differs')).toMatchObject({ seq: i + 1 })
      }))

    it('of an event with a right hash names it or the one it pushed on', () =>
      checkAll(async ({ log, i }) => {
        const fake = chain(HASH, [{ ...log.entries[i]!, subject: subjectId(77), subjectSeq: 1 }]).entries[0]!
        const verdict = failed(
          await verdictOn({ ...log, entries: renumbered(log.entries.toSpliced(i, 0, fake)) }),
          'leaf-differs',
          'checkpoint-differs',
        )
        expectWithin(verdict, i + 1)
        if (verdict.code === 'leaf-differs') expect(verdict).toMatchObject({ seq: i + 2, writtenAs: i + 1 })
      }))

    it('of a second event under the same number names the place', () =>
      checkAll(async ({ log, i }) => {
        const entries = log.entries.toSpliced(i + 1, 0, forged(log.entries[i]!))
        expect(failed(await verdictOn({ ...log, entries }), 'seq-repeated')).toMatchObject({ seq: i + 2, found: i + 1 })
      }))

    it('at the end, past the head, names it', () =>
      checkAll(async ({ log }) => {
        const { entries } = chain(HASH, [
          ...log.entries,
          { ...log.entries[0]!, seq: log.entries.length + 1, subject: subjectId(77), subjectSeq: 1 },
        ])
        expect(failed(await verdictOn({ ...log, entries }), 'beyond-head')).toMatchObject({ seq: entries.length })
      }))
  })

  describe('5 cut the tail', () => {
    it('names the first missing event', () =>
      checkAll(async ({ log, i }) => {
        const verdict = await verdictOn({ ...log, entries: log.entries.slice(0, i) })
        expect(failed(verdict, 'cut-before-checkpoint', 'cut-before-head')).toMatchObject({ seq: i + 1, found: i })
      }))
  })

  describe('6 re-chain', () => {
    const rechained = (log: Log, i: number): Log => ({
      ...log,
      ...chain(HASH, replaced(log.entries, i, edits[0]!(log.entries[i]!))),
    })

    it('is found by the outside file, with the interval', () =>
      checkAll(async ({ log, i }) => {
        const expected = interval(log, i + 1)
        fc.pre(expected.upTo !== undefined)
        const verdict = failed(await verdictOn(rechained(log, i), { publicKey: KEY.publicKey }), 'checkpoint-differs')
        expect(verdict).toMatchObject(expected)
      }))

    it('with a delete, an insert or a swap as well', () =>
      checkAll(async ({ log, i, j }) => {
        const moved = log.entries.toSpliced(i, 1).toSpliced(j, 0, log.entries[i]!)
        const first = Math.min(i, j) + 1
        fc.pre(i !== j && interval(log, first).upTo !== undefined)
        const versions = eventsOn(moved.map(({ subject }) => Number(subject.slice(-12))))
        const lies = renumbered(moved).map((entry, at): Entry => ({ ...entry, subjectSeq: versions[at]!.subjectSeq }))
        const verdict = failed(await verdictOn({ ...log, ...chain(HASH, lies) }), 'checkpoint-differs')
        expect(verdict).toMatchObject(interval(log, first))
      }))

    it('with the stolen key, the new checkpoints put after the kept ones', () =>
      checkAll(async ({ log, every, i }) => {
        const expected = interval(log, i + 1)
        fc.pre(expected.upTo !== undefined)
        const lie = rechained(log, i)
        const resigned = witness(lie.entries, { hash: HASH, every, key: KEY })
        const both = { ...lie, checkpoints: [...log.checkpoints, ...resigned.slice(log.checkpoints.length - 1)] }
        const verdict = failed(await verdictOn(both, { publicKey: KEY.publicKey }), 'checkpoint-differs', 'checkpoint-split')
        if (verdict.code === 'checkpoint-differs') expect(verdict).toMatchObject(expected)
      }))

    it('with another key is refused by the key known outside', () =>
      checkAll(async ({ log, every, i }) => {
        const lie = rechained(log, i)
        const checkpoints = witness(lie.entries, { hash: HASH, every, key: newKey() })
        fc.pre(checkpoints.length > 0)
        const verdict = failed(await verdictOn({ ...lie, checkpoints }, { publicKey: KEY.publicKey }), 'checkpoint-forged')
        expect(verdict).toMatchObject({ index: 1 })
      }))
  })

  describe('7 old backup', () => {
    it('names the first missing event and the checkpoint that knows more', () =>
      checkAll(async ({ log, i }) => {
        const ahead = log.checkpoints.findIndex(({ size }) => size > i)
        fc.pre(ahead >= 0)
        const verdict = await verdictOn({ ...log, ...chain(HASH, log.entries.slice(0, i)) })
        expect(failed(verdict, 'cut-before-checkpoint')).toMatchObject({ seq: i + 1, found: i, index: ahead + 1 })
      }))

    it('grown past the old size again gives the interval', () =>
      checkAll(async ({ log, i }) => {
        const expected = interval(log, i + 1)
        fc.pre(expected.upTo !== undefined)
        const later = chain(
          HASH,
          log.entries.map((entry, at) => (at < i ? entry : { ...entry, data: 'another story' })),
        )
        expect(failed(await verdictOn({ ...log, ...later }), 'checkpoint-differs')).toMatchObject(expected)
      }))
  })

  describe('8 clock back', () => {
    it('warns at the event, and does not fail', () =>
      checkAll(async ({ log, every, i, j }) => {
        fc.pre(i > 0)
        const back = 70_001 + j * 1000
        const shift = (at: string) => new Date(Date.parse(at) - back).toISOString()
        const chained = chain(
          HASH,
          log.entries.map((entry, at) => (at < i ? entry : { ...entry, at: shift(entry.at) })),
        )
        const verdict = await verdictOn({ ...chained, checkpoints: witness(chained.entries, { hash: HASH, every, key: KEY }) })
        const { subject } = log.entries[i]!
        expect(verdict).toMatchObject({ ok: true, clockBacks: 1, warnings: [{ code: 'clock-back', seq: i + 1, subject }] })
      }))
  })
})
