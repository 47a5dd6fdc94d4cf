import { describe, expect, it } from 'vitest'
import { HASHES } from '../crypto/algorithms.ts'
import { type Entry, leafOf } from './entry.ts'
import { append, emptyFrontier } from './merkle.ts'
import { chain, checkpointOf, eventsOn, honestLog, type Log, newKey, subjectId, verdictOn, witness } from './test-log.ts'
import { type StoredEntry, verifyEntries } from './verify.ts'

const KEY = newKey()
const at = (seconds: number) => new Date(Date.parse('2026-08-15T00:00:00.000Z') + seconds * 1000).toISOString()

describe.each(HASHES)('hashed with %s', (HASH) => {
  /** Seven events on three subjects with checkpoints after 2, 4 and 6, changed consistently before hashing. */
  function logWith(change: (entries: Entry[]) => Entry[]): Log {
    const chained = chain(HASH, change(eventsOn([1, 2, 1, 3, 2, 1, 3])))
    return { ...chained, checkpoints: witness(chained.entries, { hash: HASH, every: 2, key: KEY }) }
  }

  const honest = logWith((entries) => entries)
  const timed = (seconds: number[]) => logWith((entries) => entries.map((entry, i) => ({ ...entry, at: at(seconds[i]!) })))

  describe('a journal of nothing', () => {
    const nothing: Log = { ...chain(HASH, []), checkpoints: [checkpointOf(emptyFrontier(HASH), at(0), KEY)] }

    it('is good, with a checkpoint that says so', async () => {
      const root = {
        sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        sm3: 'GrIdg1XPoX+OYRlIMegajyK+yMco/vt0ftA161CCqis=',
      }[HASH]
      expect(await verdictOn(nothing)).toEqual({ ok: true, size: 0, hash: HASH, root, warnings: [], clockBacks: 0 })
      expect(await verdictOn({ ...nothing, checkpoints: [] })).toMatchObject({ ok: true, size: 0 })
    })

    it('is a cut tail when a checkpoint knew more', async () => {
      const verdict = await verdictOn({ ...nothing, checkpoints: honest.checkpoints })
      expect(verdict).toMatchObject({ ok: false, code: 'cut-before-checkpoint', seq: 1, found: 0, expected: 2, index: 1 })
    })

    it('refuses a checkpoint of nothing with another root', async () => {
      const wrong = { ...nothing.checkpoints[0]!, root: honest.checkpoints[0]!.root }
      expect(await verdictOn({ ...nothing, checkpoints: [wrong] })).toMatchObject({
        code: 'checkpoint-differs',
        after: 0,
        upTo: 0,
      })
    })
  })

  describe('events', () => {
    it('malformed in the table are named, not thrown', async () => {
      const entries = honest.entries.with(4, { ...honest.entries[4]!, at: 'yesterday' })
      const reason = expect.stringContaining('at must be RFC 3339')
      expect(await verdictOn({ ...honest, entries })).toMatchObject({
        code: 'entry-malformed',
        seq: 5,
        subject: subjectId(2),
        reason,
        after: 4,
        upTo: 5,
      })
    })

    it('of another tenant are named, by the option, the checkpoints or the first event', async () => {
      const moved = logWith((entries) => entries.with(3, { ...entries[3]!, tenant: 610800 }))
      const expected = { code: 'tenant-differs', seq: 4, found: 610800, expected: 610700 }
      expect(await verdictOn({ ...moved, checkpoints: [] })).toMatchObject(expected)
      expect(await verdictOn(moved)).toMatchObject(expected)
      expect(await verdictOn({ ...honest, checkpoints: [] }, { tenant: 610800 })).toMatchObject({
        code: 'tenant-differs',
        seq: 1,
      })
    })

    it.each([1, 4])('whose subject jumps to version %i are named', async (subjectSeq) => {
      const log = logWith((entries) => entries.with(5, { ...entries[5]!, subjectSeq }))
      const expected = { code: 'subject-gap', seq: 6, subject: subjectId(1), found: subjectSeq, expected: 3, after: 4, upTo: 6 }
      expect(await verdictOn(log)).toMatchObject(expected)
    })

    it('of two contexts on one subject count apart', async () => {
      const log = logWith((entries) => [entries[0]!, { ...entries[0]!, seq: 2, context: 'disclosure' }])
      expect(await verdictOn(log)).toMatchObject({ ok: true, size: 2 })
    })

    it('are read no further than the first bad one', async () => {
      let read = 0
      async function* counted(): AsyncGenerator<StoredEntry> {
        for (const entry of honest.entries) {
          read++
          yield entry.seq === 3 ? { ...entry, kind: 'other' } : entry
        }
      }
      await verifyEntries(counted(), [], honest.head)
      expect(read).toBe(3)
    })
  })

  describe('head', () => {
    it('whose size and frontier disagree contradicts itself', async () => {
      const head = { size: 7, frontier: logWith((entries) => entries.slice(0, 6)).head.frontier }
      expect(await verdictOn({ ...honest, head })).toMatchObject({ code: 'head-malformed', found: 6, expected: 7 })
    })

    it('ahead of the events is a cut tail', async () => {
      const verdict = await verdictOn({ ...honest, checkpoints: [], entries: honest.entries.slice(0, 6) })
      expect(verdict).toMatchObject({ code: 'cut-before-head', seq: 7, found: 6, expected: 7, after: 6, upTo: 7 })
    })
  })

  describe('checkpoints among themselves', () => {
    const [two, four, six] = honest.checkpoints as [
      (typeof honest.checkpoints)[0],
      (typeof honest.checkpoints)[0],
      (typeof honest.checkpoints)[0],
    ]
    const judged = (checkpoints: Log['checkpoints'], publicKey?: string) =>
      verdictOn({ ...honest, checkpoints }, publicKey === undefined ? {} : { publicKey })

    it('may repeat a size with the same root', async () => {
      expect(await judged([two, { ...two, at: at(15) }, four])).toMatchObject({ ok: true })
    })

    it('may not go back', async () => {
      expect(await judged([two, six, four])).toMatchObject({ code: 'checkpoint-order', index: 3, found: 4, expected: 6 })
    })

    it('may not give two roots of one size', async () => {
      expect(await judged([two, { ...two, root: four.root }])).toMatchObject({ code: 'checkpoint-split', index: 2, size: 2 })
    })

    it('must be of one log', async () => {
      expect(await judged([two, { ...four, origin: 'elsewhere' }])).toMatchObject({
        code: 'checkpoint-foreign',
        index: 2,
        origin: 'elsewhere',
      })
      expect(await judged([{ ...two }, { ...four, tenant: 610800 }])).toMatchObject({
        code: 'checkpoint-foreign',
        tenant: 610800,
      })
    })

    it('must be of the hash that the head names', async () => {
      const other = HASH === 'sm3' ? 'sha256' : 'sm3'
      const expected = { code: 'checkpoint-hash', index: 1, found: HASH, expected: other }
      expect(await judged([{ ...two, hash: other }])).toMatchObject(expected)
    })

    it('that name no hash are of SHA-256, as before there was a choice', async () => {
      const { hash: _, ...old } = two
      expect(await judged([old])).toMatchObject(
        HASH === 'sha256' ? { ok: true } : { code: 'checkpoint-hash', expected: 'sha256' },
      )
    })

    it('must be signed by the key given', async () => {
      expect(await judged([two, four], KEY.publicKey)).toMatchObject({ ok: true })
      expect(await judged([two, { ...four, at: at(16) }], KEY.publicKey)).toMatchObject({
        code: 'checkpoint-forged',
        index: 2,
        key: KEY.id,
      })
      expect(await judged([two], newKey().publicKey)).toMatchObject({ code: 'checkpoint-forged', index: 1 })
    })
  })

  describe('clock', () => {
    const warned = async (log: Log, options = {}) =>
      (await verdictOn(log, options)).warnings.map(({ seq, witness: by }) => [seq, by])

    it('may step back within the tolerance', async () => {
      expect(await warned(timed([0, 60, 0, 1, 2, 3, 4]))).toEqual([])
      expect(await warned(timed([0, 60, 0, 1, 2, 3, 4]), { clockToleranceMs: 1000 })).toEqual([[3, 'event']])
    })

    it('warns once on falling behind, again on each further step, and after catching up', async () => {
      expect(await warned(timed([0, 500, 400, 401, 300, 600, 100]))).toEqual([
        [3, 'event'],
        [5, 'event'],
        [7, 'event'],
      ])
    })

    it('sees small steps add up', async () => {
      expect(await warned(timed([300, 260, 220, 180, 300, 300, 300]))).toEqual([[3, 'event']])
    })

    it('sees an event dated before a checkpoint it is not in', async () => {
      const log = timed([0, 1, 2, 3, 4, 5, 6])
      const checkpoints = log.checkpoints.map((checkpoint, i) => (i === 1 ? { ...checkpoint, at: at(900) } : checkpoint))
      const verdict = await verdictOn({ ...log, checkpoints: checkpoints.slice(0, 2) })
      expect(verdict).toMatchObject({
        ok: true,
        clockBacks: 1,
        warnings: [{ seq: 5, at: at(4), before: at(900), witness: 'checkpoint' }],
      })
    })

    it('keeps the first 100 warnings and counts the rest', async () => {
      const chained = chain(
        HASH,
        eventsOn(new Array(301).fill(1)).map((entry, i) => ({ ...entry, at: at(i % 2 === 0 ? 1000 : 0) })),
      )
      const verdict = await verdictOn({ ...chained, checkpoints: [] })
      expect([verdict.warnings.length, verdict.clockBacks]).toEqual([100, 150])
    })
  })

  it('reads 200,000 events', { timeout: 120_000 }, async () => {
    const count = 200_000
    const entries = eventsOn(Array.from({ length: count }, (_, i) => i % 20_000))
    let frontier = emptyFrontier(HASH)
    for (const entry of entries as StoredEntry[]) {
      entry.leaf = leafOf(HASH, entry)
      frontier = append(frontier, entry.leaf)
    }
    const started = performance.now()
    const verdict = await verdictOn({ entries: entries as StoredEntry[], checkpoints: [], head: { size: count, frontier } })
    console.info(`verified ${count} events of ${HASH} in ${Math.round(performance.now() - started)} ms`)
    expect(verdict).toMatchObject({ ok: true, size: count, clockBacks: 0 })
  })

  it('finds nothing wrong with the sample it is tested on', async () => {
    expect(
      await verdictOn(honestLog([1, 2, 1, 3, 2, 1, 3], { hash: HASH, every: 2, key: KEY }), { publicKey: KEY.publicKey }),
    ).toMatchObject({
      ok: true,
      size: 7,
    })
  })
})
