import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { expect, it } from 'vitest'
import { durableFiles, type Step } from './durable-files.ts'
import { bakeTemplate } from './template.ts'

/** The first step that touched another file while the fsync of a log segment was put off. */
function logBehindData(steps: Step[]): Step | undefined {
  const deferred = new Set<string>()
  for (const step of steps) {
    if (step.op === 'defer') deferred.add(step.path)
    else if (step.op === 'fsync-wal') deferred.delete(step.path)
    else if (deferred.size > 0) return step
  }
  return undefined
}

const log = { op: 'defer', path: 'pg_wal/1' } as const
const page = { op: 'write', path: 'base/1' } as const

it('has a judge that knows a wrong order', () => {
  expect(logBehindData([page, log, { op: 'fsync-wal', path: 'pg_wal/1' }, page])).toBeUndefined()
  expect(logBehindData([log, page])).toBe(page)
})

it('forces the log before data, and data before the control file', { timeout: 60_000 }, async () => {
  const template = await bakeTemplate()
  const dir = await mkdtemp(join(tmpdir(), 'qinba-files-'))
  await cp(template!.dir, dir, { recursive: true })
  const steps: Step[] = []
  const fail = (e: Error): never => {
    throw e
  }
  const startParams = [
    ...PGlite.defaultStartParams.filter((p) => p !== '-F'),
    '-c',
    'wal_sync_method=fsync',
    '-c',
    'shared_buffers=1MB',
  ]
  const db = await PGlite.create({ fs: durableFiles({ dir, onFailure: fail, record: (step) => steps.push(step) }), startParams })
  await db.exec('create table t(id int primary key, pad text)')
  for (let id = 0; id < 50; id++)
    await db.query('insert into t select $1 * 1000 + g, repeat(md5(g::text), 20) from generate_series(1, 100) g', [id])
  await db.exec('drop table t')
  const checkpoint = steps.length
  await db.exec('checkpoint')
  const sequence = steps.slice(checkpoint)
  await db.close()
  await rm(dir, { recursive: true })

  expect(steps.filter((s) => s.op === 'defer').length).toBeGreaterThanOrEqual(52)
  expect(steps.some((s) => s.op === 'write' && s.path.includes('/base/'))).toBe(true)
  expect(steps.some((s) => s.op === 'resize')).toBe(true)
  expect(logBehindData(steps)).toBeUndefined()
  const last = (is: (s: Step) => boolean) => sequence.findLastIndex(is)
  const control = last((s) => s.op === 'fsync' && s.path.endsWith('global/pg_control'))
  expect(control).toBeGreaterThan(last((s) => s.op === 'fsync' && /base|pg_xact/.test(s.path)))
  expect(control).toBeGreaterThan(last((s) => s.op === 'write' && /base|pg_xact/.test(s.path)))
  expect(last((s) => s.op === 'fsync-wal')).toBeLessThan(control)
})
