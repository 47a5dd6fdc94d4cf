import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../world.ts'

/**
 * What the application may do to each table, kept by hand: r reads, a adds, w changes (in brackets: these columns only), d removes. Whoever
 * needs more writes it here first and says why.
 */
const GRANTS: Record<string, string> = {
  'admin.rule_change': 'r a w(doc, state, version)',
  'admin.target': 'r a w(box, host, kinds, name, org, region, secrecy, stopped_at, stopped_why, version)',
  'base.delivery': 'r a d w(attempts, code, error, next_at, status, tried_at)',
  'admin.template': 'r a', // every version is kept
  'base.idempotency': 'r a d w(reply, status)',
  'base.number': 'r a w',
  'base.reader': 'r a w(seq)',
  'base.rule': 'r a w(confirmed_by, valid_to)', // a row ends when an approved change replaces it; its value never changes
  'base.throttle': 'r a w d',
  'cases.colour_snapshot': 'r a',
  'cases.frozen_month': 'r a',
  'cases.letter': 'r a', // what was issued is never changed
  'cases.meeting': 'r a w', // as long as its minutes are open: a policy says so
  'cases.meeting_item': 'r a d',
  'cases.saved_view': 'r a w d', // of one's own
  'cases.problem': 'r a w', // a case is never removed
  'cases.search': 'r a w',
  'cases.sealed': 'a', // nobody who is only the application opens it
  'cases.spot_change': 'r a d',
  'cases.spot_count': 'r a w d',
  'cases.turn': 'r a d',
  'journal.event': 'r a', // the journal only grows
  'journal.head': 'r a w(frontier, size)',
  'people.contact': 'r a d w(address, since)',
  'people.notice': 'r a d w(read_at)',
  'journal.trail': 'r', // who did what and when, for an auditor
  'people.access': 'r a', // the record of who came in only grows; the owner's job removes what is too old
  'people.account': 'r a w(clearance, disabled_on, left_on, name, valid_from, valid_to, version)', // never who it is
  'people.credential': 'r a w(changed_at, hash, must_change, times)',
  'people.duty': 'r a w(to_day)',
  'people.holding': 'r a w(handed_to, to_day)',
  'people.organisation': 'r a w(closed_on, merged_into, name, version)',
  'people.post': 'r a w(closed_on, version)',
  'people.session': 'r a d w(idle_minutes, seen_at)',
  'people.token': 'r a w(revoked_at, seen_at, version)', // what it allows is never widened
  'pgboss.job': 'a r(id)', // it queues, in the transaction of the state; the owner runs what is queued
  'pgboss.job_common': 'a r(id)',
  'pgboss.queue': 'r',
  'places.area': 'r a',
  'places.area_closure': 'r a',
  'places.boundary': 'r a',
  'places.layer': 'r a w',
  'places.layer_feature': 'r a',
  'places.layer_part': 'r a d',
  'supervision.item': 'r a w', // what was drafted is never removed
  'supervision.item_case': 'r a w(open)',
  'supervision.scored': 'r a', // a month that was taken over stands
}

const LETTERS = ['r', 'a', 'w', 'd', 'D', 'x', 't', 'm']

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

describe('what the application may do in the database', () => {
  it('is the list above, to the table and the column', async () => {
    const { rows } = await sql<{ name: string; kind: string; column: string | null }>`
      select n.nspname || '.' || c.relname as name, a.privilege_type as kind, null as column
        from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
        where a.grantee = 'qinba_app'::regrole
      union all select n.nspname || '.' || c.relname, a.privilege_type, t.attname
        from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace, aclexplode(t.attacl) a
        where a.grantee = 'qinba_app'::regrole order by 1, 2, 3`.execute(world.house.database.owner)
    const found = new Map<string, Map<string, string[]>>()
    for (const { name, kind, column } of rows) {
      const kinds = found.get(name) ?? found.set(name, new Map()).get(name)!
      kinds.set(kind, [...(kinds.get(kind) ?? []), ...(column ? [column] : [])])
    }
    expect(Object.fromEntries([...found].map(([name, kinds]) => [name, lettered(kinds)]))).toEqual(GRANTS)
  })

  it('everybody may read only what the extension keeps in public, and the application creates nothing and owns nothing', async () => {
    const { owner } = world.house.database
    const { rows: open } = await sql<{
      name: string
      kind: string
    }>`select n.nspname || '.' || c.relname as name, a.privilege_type as kind
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where a.grantee = 0 and n.nspname not in ('pg_catalog', 'information_schema')`.execute(owner)
    expect(open.filter(({ name, kind }) => kind !== 'SELECT' || !name.startsWith('public.'))).toEqual([])
    const { rows: makes } = await sql<{ name: string }>`select nspname as name from pg_namespace
      where has_schema_privilege('qinba_app', oid, 'create') and nspname !~ '^pg_'`.execute(owner)
    expect(makes).toEqual([])
    const { rows: owns } = await sql<{
      name: string
    }>`select relname as name from pg_class where relowner = 'qinba_app'::regrole`.execute(owner)
    expect(owns).toEqual([])
    const { rows: is } = await sql<{
      name: string
    }>`select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid
      where m.member = 'qinba_app'::regrole`.execute(owner)
    expect(is).toEqual([])
  })

  it.each([
    'update base.rule set source = source',
    'delete from base.number',
    'update people.account set read_only = false',
    'update people.account set username = username',
    'update people.token set scopes = scopes',
    'update people.token set token_hash = token_hash',
    'update people.access set at = at',
    'delete from people.access',
    'update people.post set role = role',
    'update places.boundary set source = source',
    'delete from cases.problem',
    'update journal.event set kind = kind',
    'select box from cases.sealed',
    'select data from pgboss.job',
    'update pgboss.job set data = data',
    'update pgboss.queue set name = name',
    'create table base.mine (n int)',
    'set local row_security = off; select 1 from people.account',
  ])('refuses: %s', async (statement) => {
    const run = () =>
      world.house.database.begin(world.house.tenant, async (db) => {
        for (const part of statement.split(';')) await sql.raw(part).execute(db)
      })
    await expect(run()).rejects.toThrow(/permission denied|row-level security/)
  })

  it('still queues a job with a state, once by its key', async () => {
    const { jobs, database, tenant } = world.house
    await jobs.declare(['authz-rights'])
    await database.begin(tenant, async (db) => {
      await jobs.send(db, 'authz-rights', { n: 1 }, { key: 'once' })
      await jobs.send(db, 'authz-rights', { n: 2 }, { key: 'twice', startAfter: new Date('2030-01-01T00:00:00Z') })
    })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pgboss.job where name = 'authz-rights'`.execute(
      database.owner,
    )
    expect(rows[0]!.n).toBe(2)
  })
})

const KINDS: Record<string, string> = {
  SELECT: 'r',
  INSERT: 'a',
  UPDATE: 'w',
  DELETE: 'd',
  TRUNCATE: 'D',
  REFERENCES: 'x',
  TRIGGER: 't',
  MAINTAIN: 'm',
}

// Whole rights first, then those on columns.
function lettered(kinds: Map<string, string[]>): string {
  const all = [...kinds].map(([kind, columns]) => ({ letter: KINDS[kind] ?? kind, columns: columns.sort() }))
  const inOrder = all.sort((x, y) => LETTERS.indexOf(x.letter) - LETTERS.indexOf(y.letter))
  const whole = inOrder.filter((k) => k.columns.length === 0).map((k) => k.letter)
  const parts = inOrder.filter((k) => k.columns.length > 0).map((k) => `${k.letter}(${k.columns.join(', ')})`)
  return [...whole, ...parts].join(' ')
}
