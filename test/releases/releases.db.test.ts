import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { RELEASE } from '../../src/backup.ts'
import type { Verified } from '../../src/base/backup/check.ts'
import { readBackup } from '../../src/base/backup/read.ts'
import { findGaps } from '../../src/base/backup/walls.ts'
import { openBlobs } from '../../src/base/blobs.ts'
import type { Db } from '../../src/base/db.ts'
import { proveJournal } from '../../src/base/journal/prove.ts'
import { journalled } from '../../src/contexts.ts'
import { emptyTarget, restore, type Target, targets, within } from '../backup/kit.ts'
import { openWorld, type World } from '../world.ts'

// An embedded engine starts in each restore; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const kept = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.tar'))
  .map((name) => name.replace('.tar', ''))
const fileOf = (release: string) => join(import.meta.dirname, `${release}.tar`)

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

describe.each(kept)('release %s', (release) => {
  let target: Target
  let verified: Verified
  beforeAll(async () => {
    verified = await readBackup({ file: fileOf(release) })
    target = await emptyTarget(world.house.config, targets()[0]!)
    await restore(target, fileOf(release))
  })
  afterAll(() => target.remove())

  it('is small, of its own release, and at a level that was passed on the way here', () => {
    expect(statSync(fileOf(release)).size).toBeLessThanOrEqual(300_000)
    expect(verified.head.release).toBe(release)
    expect(Object.keys(migrations).slice(0, verified.head.level.length)).toEqual(verified.head.level)
    expect(verified.head.parts.filter((p) => p.name.startsWith('secret/'))).toEqual([])
  })

  it('comes forward to the schema that a fresh database has', async () => {
    const fresh = await catalogueOf(world.house.database.owner)
    await within(target, async (database) => {
      expect(await catalogueOf(database.owner)).toEqual(fresh)
      expect(await findGaps(database.owner)).toEqual([])
    })
  })

  it('keeps every row and every file, and its journal holds', async () => {
    await within(target, async (database) => {
      for (const { schema, name, rows } of verified.head.tables) {
        const counted = await sql<{ n: number }>`select count(*)::int as n from ${sql.id(schema, name)}`.execute(database.owner)
        expect(counted.rows[0]!.n, `${schema}.${name}`).toBeGreaterThanOrEqual(rows)
      }
      const proof = await proveJournal({ database, tenant: 610700 }, { journalled })
      // The restore tells of itself; accounts and organisations of before 0020 get a first event each.
      const had = (table: string) => verified.head.tables.find((t) => `${t.schema}.${t.name}` === table)?.rows ?? 0
      const takenOver = verified.head.level.includes('0020-accounts') ? 0 : had('people.account') + had('people.organisation')
      expect(proof).toMatchObject({ ok: true, events: verified.head.journal[0]!.size + 1 + takenOver })
    })
    let files = 0
    for await (const _ of openBlobs(target.config.blobDir).list()) files++
    expect(files).toBe(verified.end.files.count)
  })
})

describe('the releases', () => {
  it('before this one are kept, each of them', () => {
    expect(releasesBefore('9.9.9')).toContain('0.1.0')
    expect(releasesBefore(RELEASE).filter((release) => !kept.includes(release))).toEqual([])
  })
})

/** Versions that the changelog has headings for, below the one that package.json names. */
function releasesBefore(version: string): string[] {
  const changelog = readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8')
  const all = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map((m) => m[1]!)
  return all.filter((v) => v !== version)
}

/** Columns, constraints, indexes, policies, rights and functions, by name: the order of columns that were added later does not matter. */
async function catalogueOf(db: Db): Promise<Record<string, unknown[]>> {
  const ours = sql`n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'pgboss', 'migrator')`
  const list = async (query: ReturnType<typeof sql>) => (await query.execute(db)).rows
  return {
    columns: await list(sql`select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid) as value
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relkind in ('r', 'p', 'v', 'm') and ${ours} order by 1, 2, 3`),
    constraints: await list(sql`select n.nspname, r.relname, c.conname, pg_get_constraintdef(c.oid) as is
      from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = r.relnamespace
      where ${ours} and c.contype <> 'n' order by 1, 2, 3`),
    indexes: await list(sql`select n.nspname, i.relname, pg_get_indexdef(x.indexrelid) as is from pg_index x
      join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace where ${ours} order by 1, 2`),
    policies: await list(sql`select n.nspname, c.relname, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid) as reads,
        pg_get_expr(p.polwithcheck, p.polrelid) as writes
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} order by 1, 2, 3`),
    rights: await list(sql`select n.nspname, c.relname, c.relrowsecurity,
        array(select privilege_type from aclexplode(c.relacl) where grantee = 'qinba_app'::regrole order by 1) as app
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1, 2`),
    functions: await list(sql`select n.nspname, p.proname, pg_get_functiondef(p.oid) as is
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} order by 1, 2`),
  }
}
