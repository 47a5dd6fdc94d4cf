import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

const OWN = ['base', 'journal', 'places', 'people', 'cases']
const query = async <T>(text: string) => (await world.house.database.pool.query(text)).rows as T[]

describe('the catalogue', () => {
  it('has the tenant first in every primary, unique and foreign key of the schemas we own', async () => {
    const keys = await query<{ name: string; type: string; columns: string[] }>(`select c.conname as name, c.contype as type,
      array(select a.attname::text from unnest(c.conkey) with ordinality k (n, i) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.i) as columns
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = any ('{${OWN.join(',')}}') and c.contype in ('p','u','f')`)
    expect(keys.length).toBeGreaterThan(30)
    expect(keys.filter((k) => k.columns[0] !== 'tenant')).toEqual([])
  })

  it('has the tenant first in every unique index too, and a row-level policy on every table', async () => {
    const indexes = await query<{
      name: string
      first: string
    }>(`select i.relname as name, a.attname::text as first from pg_index x
      join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0] where x.indisunique and n.nspname = any ('{${OWN.join(',')}}')`)
    expect(indexes.filter((i) => i.first !== 'tenant')).toEqual([])
    const open = await query<{ relname: string }>(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any ('{${OWN.join(',')}}') and c.relkind = 'r' and (not c.relrowsecurity or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`)
    expect(open).toEqual([])
  })

  it('gives the application a role without superuser and BYPASSRLS, and no way to change or delete an event', async () => {
    const [role] = await query<Record<string, boolean>>(
      `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = 'qinba_app'`,
    )
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false })
    const change = world.house.database.begin(world.house.tenant, async (db) => {
      const { sql } = await import('kysely')
      expect((await sql<{ u: string }>`select current_user::text as u`.execute(db)).rows[0]!.u).toBe('qinba_app')
      await sql`update journal.event set data = '{}'`.execute(db)
    })
    await expect(change).rejects.toThrow(/permission denied/)
    const read = world.house.database.begin(world.house.tenant, async (db) => {
      const { sql } = await import('kysely')
      await sql`select * from cases.sealed`.execute(db)
    })
    await expect(read).rejects.toThrow(/permission denied/)
  })

  it('shows another tenant nothing', async () => {
    const { sql } = await import('kysely')
    const count = (tenant: number) =>
      world.house.database.begin(tenant, async (db) =>
        Number((await sql<{ n: string }>`select count(*) as n from places.area`.execute(db)).rows[0]!.n),
      )
    expect([await count(610700), await count(610800)]).toEqual([2378, 0])
  })
})

describe('transactions', () => {
  it('refuse to nest, on both databases alike', async () => {
    const nested = world.house.database.begin(610700, () => world.house.database.begin(610700, async () => 1))
    await expect(nested).rejects.toThrow(/inside a transaction/)
  })

  it('leave nothing behind when they fail, and the connection serves on', async () => {
    const { sql } = await import('kysely')
    const failing = world.house.database.begin(610700, async (db) => {
      await sql`insert into base.number (tenant, year, name, last) values (610700, 2026, 'x', 1)`.execute(db)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    const left = await world.house.database.begin(
      610700,
      async (db) => (await sql`select 1 from base.number where name = 'x'`.execute(db)).rows,
    )
    expect(left).toEqual([])
  })

  it('queue a job and commit with it, or neither', async () => {
    const { sql } = await import('kysely')
    const jobs = world.house.jobs
    await jobs.work([{ name: 'test-job', run: async () => {} }])
    const counted = async () =>
      Number((await query<{ n: string }>(`select count(*) as n from pgboss.job where name = 'test-job'`))[0]!.n)
    const failing = world.house.database.begin(610700, async (db) => {
      await jobs.send(db, 'test-job', { a: 1 })
      await sql`select 1/0`.execute(db)
    })
    await expect(failing).rejects.toThrow()
    expect(await counted()).toBe(0)
    await world.house.database.begin(610700, (db) => jobs.send(db, 'test-job', { a: 1 }))
    expect(await counted()).toBe(1)
  })
})
