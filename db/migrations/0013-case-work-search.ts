import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { parseCalendar } from '../../src/base/rules/calendar.ts'
import { dayOf, type Instant } from '../../src/base/rules/day.ts'
import type { Law, RuleRow } from '../../src/base/rules/law.ts'
import { isRefusal } from '../../src/base/rules/refusal.ts'
import type { Case } from '../../src/cases/rules/case.ts'
import { searchedFields } from '../../src/cases/search/rules/facts.ts'
import { bodyOf, gramsOf } from '../../src/cases/search/rules/words.ts'
import { turnsOf } from '../../src/cases/work/rules/turns.ts'

/**
 * What a case is found by (`cases.search`) and whose turn it is (`cases.turn`), each written by the application with the case. Both repeat
 * of the case what the wall looks at. Row-level security keeps an index of arrays out of use (its operators may leak), so a function of the
 * owner's looks the words up: it gives ids alone, and only those that row-level security would show.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...POLICIES, ...FUNCTIONS, ...GRANTS]) await sql.raw(statement).execute(db)
  const { rows } = await sql<{ tenant: number }>`select distinct tenant from cases.problem`.execute(db)
  for (const { tenant } of rows) await fill(db, tenant)
  await sql`create index search_grams on cases.search using gin (grams)`.execute(db) // of what is there at once: far sooner than row by row
}

const PLACE = 'region text not null, town text, village text, secrecy int not null, bound_orgs uuid[] not null'

const TABLES = [
  `create table cases.search (
    tenant int not null, case_id uuid not null, ${PLACE}, body text not null, grams int[] not null,
    primary key (tenant, case_id), foreign key (tenant, case_id) references cases.problem (tenant, id)) with (fillfactor = 85)`,
  // `org` is empty where the turn goes by division; `due` is 9999-12-31 where no day is set.
  `create table cases.turn (
    tenant int not null, case_id uuid not null, turn text not null, org text not null, ${PLACE},
    rank int not null check (rank between 0 and 2), due date not null, since date not null,
    not_accounts text[] not null, not_orgs text[] not null,
    primary key (tenant, case_id, turn, org), foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  'create index turn_org on cases.turn (tenant, org, turn, rank, due, case_id)',
  `create index turn_region on cases.turn (tenant, region, turn, rank, due, case_id) where org = ''`,
  `create index turn_town on cases.turn (tenant, town, turn) where org = '' and town is not null`,
  `create index turn_village on cases.turn (tenant, village, turn) where org = '' and village is not null`,
]

// As the policy of cases.problem says it.
const visible = (t: string) => `${t}tenant = base.tenant() and ${t}secrecy <= (select base.clearance())
  and ((${t}secrecy <= (select base.area_clearance()) and ((select base.whole_city()) or ${t}region = any ((select base.areas())::text[])
    or ${t}town = any ((select base.areas())::text[]) or ${t}village = any ((select base.areas())::text[])))
  or ${t}bound_orgs && (select base.orgs())::uuid[])`

const POLICIES = ['search', 'turn'].flatMap((table) => [
  `alter table cases.${table} enable row level security`,
  `create policy scope on cases.${table} using (${visible('')}) with check (tenant = base.tenant())`,
])

const FUNCTIONS = [
  `create function cases.find_words(sought int[], words text[], most int) returns table (id uuid)
    language sql stable security definer rows 1000 set search_path = pg_catalog as $$
    select s.case_id from cases.search s where s.grams @> sought and ${visible('s.')}
    and not exists (select 1 from unnest(words) w where position(w in s.body) = 0) limit most $$`,
  'revoke all on function cases.find_words(int[], text[], int) from public',
  'grant execute on function cases.find_words(int[], text[], int) to qinba_app',
]

const GRANTS = [
  'grant select, insert, update on cases.search to qinba_app',
  'grant select, insert, delete on cases.turn to qinba_app',
]

const PAGE = 500
const NONE = '9999-12-31'
const RANK: Readonly<Record<string, number>> = { red: 0, yellow: 1 }

type Row = { id: string; doc: Case; colour: string; bound_orgs: string[] }

async function fill(db: Kysely<unknown>, tenant: number): Promise<void> {
  const names = await namesOf(db, tenant)
  const at = { law: await lawOf(db, tenant), today: dayOf(new Date().toISOString() as Instant) }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<Row>`select id, doc, colour, bound_orgs::text[] as bound_orgs from cases.problem
      where tenant = ${tenant} and id > ${after}::uuid order by id limit ${PAGE}`.execute(db)
    await fillPage(db, rows, { names, at })
    if (rows.length < PAGE) return
    after = rows[rows.length - 1]!.id
  }
}

type With = { names: Map<string, string>; at: Parameters<typeof turnsOf>[1] }

async function fillPage(db: Kysely<unknown>, rows: Row[], { names, at }: With): Promise<void> {
  const words = rows.map((row) => {
    const fields = searchedFields(row.doc, names)
    return { ...wallOf(row), body: bodyOf(fields), grams: gramsOf(fields) }
  })
  const turns = rows.flatMap((row) =>
    turnsOf(row.doc, at).flatMap(({ orgs, due, notAccounts, notOrgs, ...turn }) =>
      orgs.map((org) => ({
        ...{ ...wallOf(row), ...turn, org, due: due ?? NONE, rank: RANK[row.colour] ?? 2 },
        ...{ not_accounts: notAccounts, not_orgs: notOrgs },
      })),
    ),
  )
  await sql`insert into cases.search (tenant, case_id, region, town, village, secrecy, bound_orgs, body, grams)
    select tenant, case_id, region, town, village, secrecy, bound_orgs, body, grams
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as r (tenant int, case_id uuid, region text, town text, village text,
      secrecy int, bound_orgs uuid[], body text, grams int[])`.execute(db)
  await sql`insert into cases.turn (tenant, case_id, region, town, village, secrecy, bound_orgs, turn, org, rank, due, since, not_accounts, not_orgs)
    select tenant, case_id, region, town, village, secrecy, bound_orgs, turn, org, rank, due, since, not_accounts, not_orgs
    from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as r (tenant int, case_id uuid, region text, town text, village text,
      secrecy int, bound_orgs uuid[], turn text, org text, rank int, due date, since date, not_accounts text[], not_orgs text[])`.execute(
    db,
  )
}

function wallOf({ id, doc, bound_orgs }: Row) {
  const { region, town, village } = doc.place
  return { tenant: doc.tenant, case_id: id, region, town, village, secrecy: doc.secrecy, bound_orgs }
}

async function namesOf(db: Kysely<unknown>, tenant: number): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`select code, name from places.area where tenant = ${tenant}`.execute(
    db,
  )
  return new Map(rows.map(({ code, name }) => [code, name]))
}

// Read here as the table is at this level: what later releases add to it is not there yet.
async function lawOf(db: Kysely<unknown>, tenant: number): Promise<Law> {
  const { rows } = await sql<RuleRow & { validTo: string | null }>`select kind, key, valid_from::text as "validFrom",
    valid_to::text as "validTo", value, source, confidence from base.rule where tenant = ${tenant}`.execute(db)
  const years = await readFile(join(import.meta.dirname, '../../data/calendar/state-council.json'), 'utf8')
  const calendar = parseCalendar(JSON.parse(years))
  if (isRefusal(calendar)) throw new Error(`data/calendar/state-council.json: ${calendar.code}`)
  return { rules: rows.map(({ validTo, ...row }) => ({ ...row, ...(validTo ? { validTo } : {}) })) as RuleRow[], calendar }
}
