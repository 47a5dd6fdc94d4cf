import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { journalled } from '../../contexts.ts'
import { beginOrRefuse } from './begin.ts'
import { loadOrMakeKey } from './checkpoint.ts'
import { readCheckpoints } from './checkpoint-file.ts'
import { checkpointFile, keepCheckpoints } from './keeper.ts'
import { proveJournal } from './prove.ts'
import { readHead } from './store.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ config: { algorithms: 'guomi', journalHash: 'sm3' } })
})
afterAll(() => world.close())

const begin: World['house']['database']['begin'] = (...args) => world.house.database.begin(...args)
const start = (suite: 'international' | 'guomi', hash: 'sha256' | 'sm3') =>
  beginOrRefuse(world.house.database, world.house.tenant, { suite, hash })

describe('a journal begun with SM3', () => {
  it('is kept, checkpointed and proved with it, and says so', async () => {
    const { config, tenant } = world.house
    const keeper = await keepCheckpoints(world.house, {
      keyDir: `${config.dataDir}/keys`,
      checkpointDir: config.checkpointDir,
      origin: 'qinba/test',
    })
    await keeper.stop()
    const file = checkpointFile(config.checkpointDir, tenant)
    const { checkpoints } = await readCheckpoints(file)
    expect(checkpoints.map(({ hash, size }) => [hash, size > 0])).toEqual([['sm3', true]])
    const { publicKey } = await loadOrMakeKey(`${config.dataDir}/keys`)
    const proof = await proveJournal(world.house, { journalled, checkpointFile: file, publicKey })
    expect(proof).toMatchObject({ ok: true, hash: 'sm3', message: { zh: expect.stringContaining('SM3') } })
  })

  it('refuses another hash at the next start in one line, and takes one that is named', async () => {
    await expect(start('international', 'sha256')).rejects.toThrow(
      /^ALGORITHMS=international asks for a journal hashed with SHA-256, but the journal of 610700 was begun with SM3 and keeps it for life: set ALGORITHMS=guomi, or set JOURNAL_HASH=sm3 to say that you know$/,
    )
    await expect(start('guomi', 'sha256')).rejects.toThrow(/^ALGORITHMS=guomi with JOURNAL_HASH=sha256 asks/)
    await start('international', 'sm3')
    await start('guomi', 'sm3')
    expect((await begin(world.house.tenant, (db) => readHead(db, world.house.tenant))).hash).toBe('sm3')
  })

  it('cannot be renamed by the application', async () => {
    const rename = begin(world.house.tenant, (db) => sql`update journal.head set hash = 'sha256'`.execute(db))
    await expect(rename).rejects.toThrow(/permission denied/)
  })

  it('renamed by the owner of the database, it no longer proves', async () => {
    const { pool } = world.house.database
    await pool.query(`update journal.head set hash = 'sha256'`)
    const bare = await proveJournal(world.house, { journalled })
    const file = checkpointFile(world.house.config.checkpointDir, world.house.tenant)
    const outside = await proveJournal(world.house, { journalled, checkpointFile: file })
    await pool.query(`update journal.head set hash = 'sm3'`)
    expect([bare.ok, outside.ok]).toEqual([false, false])
    expect(outside.message.en).toMatch(/^Checkpoint 1 .* is of a journal hashed with SM3, this one is hashed with SHA-256/)
  })

  it('of another city is begun apart', async () => {
    await beginOrRefuse(world.house.database, 610800, { suite: 'international', hash: 'sha256' })
    expect((await begin(610800, (db) => readHead(db, 610800))).hash).toBe('sha256')
    await expect(begin(610900, (db) => readHead(db, 610900))).rejects.toThrow('the journal of 610900 was never begun')
  })
})
