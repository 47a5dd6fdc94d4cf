import type { Client } from 'pg'
import { damagedBlobs } from './audit.ts'
import type { Ledger } from './ledger.ts'
import type { Site } from './site.ts'

/** What only the owner of the database sees: keys, numbers, references of all cases to files; on PostgreSQL, indexes against their tables. */
export async function auditFromInside(db: Client, ledger: Ledger, site: Pick<Site, 'kind' | 'blobs'>): Promise<string[]> {
  const refs = await db.query<{ sha: string }>(
    `select distinct e->>'sha256' as sha from cases.problem, jsonb_array_elements(coalesce(doc->'evidence', '[]')) e`,
  )
  return [
    ...(await oneRowEach(db, ledger)),
    ...(await numbersWithoutGap(db)),
    ...(await damagedBlobs(
      site.blobs,
      refs.rows.map((r) => r.sha),
    )),
    ...(site.kind === 'postgres' ? await brokenIndexes(db) : []),
  ]
}

// Each acknowledged act claimed a key, and each case came of one of them.
async function oneRowEach(db: Client, ledger: Ledger): Promise<string[]> {
  const titles = [...ledger.cases.keys()]
  const { rows } = await db.query<{ title: string; n: string }>(
    'select title, count(*) as n from cases.problem where title = any ($1) group by title having count(*) <> 1',
    [titles],
  )
  const keys = await db.query<{ n: string }>(
    `select count(*) as n from base.idempotency i
    where reply->>'title' = any ($1) and status between 200 and 299`,
    [titles],
  )
  const wrong = rows.map((r) => `${r.title} is there ${r.n} times`)
  if (Number(keys.rows[0]!.n) !== ledger.acknowledged)
    wrong.push(`${keys.rows[0]!.n} keys were answered, ${ledger.acknowledged} acts acknowledged`)
  return wrong
}

async function numbersWithoutGap(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ year: number; last: number; n: string; distinct: string }>(`
    select b.year, b.last, count(p.*) as n, count(distinct p.no) as distinct from base.number b
    left join cases.problem p on p.tenant = b.tenant and p.no ~ ('-' || b.year || '-\\d+$') where b.name = 'case' group by 1, 2`)
  return rows
    .filter((r) => r.last !== Number(r.n) || r.n !== r.distinct)
    .map((r) => `the numbers of ${r.year} are at ${r.last}, with ${r.n} cases and ${r.distinct} different numbers`)
}

// amcheck is of PostgreSQL's contrib; the embedded engine comes without it.
async function brokenIndexes(db: Client): Promise<string[]> {
  await db.query('create extension if not exists amcheck')
  const { rows } = await db.query<{ name: string }>(`select c.oid::regclass::text as name from pg_index i
    join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
    where a.amname = 'btree' and c.relpersistence = 'p' and i.indisready and i.indisvalid and c.relkind = 'i'`)
  const wrong: string[] = []
  for (const { name } of rows)
    await db.query('select bt_index_check($1::regclass, true)', [name]).catch((e: Error) => wrong.push(`${name}: ${e.message}`))
  return wrong
}
