import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/base/db.ts'
import { type Cluster, hasPostgres, startCluster } from '../cluster.ts'
import { FaultProxy } from './fault-proxy.ts'

const PORT = 5496
const SILENCE_MS = 500
const CONNECTIONS = 3

describe.skipIf(!hasPostgres())('a database that falls silent while its connections stay open', () => {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-silence-'))
  let cluster: Cluster
  let proxy: FaultProxy
  let database: Database

  beforeAll(async () => {
    cluster = startCluster({ port: PORT })
    const direct = new URL(cluster.url('postgres').replace('@/', '@x/')).searchParams.get('host')!
    mkdirSync(join(dir, 'wire'))
    const at = join(dir, 'wire', `.s.PGSQL.${PORT}`)
    proxy = await new FaultProxy({ at, target: { path: join(direct, `.s.PGSQL.${PORT}`) } }).up()
    const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(join(dir, 'wire'))}&port=${PORT}`
    database = await openDatabase({ url, dir: '', poolSize: CONNECTIONS, silenceMs: SILENCE_MS })
    await sql`create role qinba_app nologin`.execute(database.owner)
  })

  afterAll(async () => {
    await database?.close()
    await proxy?.down()
    cluster?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const ask = () => database.begin(610700, async (db) => (await sql<{ n: number }>`select 1 as n`.execute(db)).rows[0]!.n)

  it('holds nobody for ever, and no place in the pool is lost by it', { timeout: 30_000 }, async () => {
    expect(await Promise.all(Array.from({ length: CONNECTIONS }, ask))).toEqual([1, 1, 1])
    for (let time = 0; time < 2; time++) {
      proxy.mute(true)
      const began = performance.now()
      const answers = await Promise.allSettled(Array.from({ length: CONNECTIONS }, ask))
      expect(answers.map((a) => a.status)).toEqual(['rejected', 'rejected', 'rejected'])
      expect(performance.now() - began).toBeLessThan(10 * SILENCE_MS)
      proxy.mute(false)
      expect(await Promise.all(Array.from({ length: CONNECTIONS }, ask))).toEqual([1, 1, 1])
    }
    expect(database.pool.totalCount).toBeLessThanOrEqual(CONNECTIONS)
  })
})
