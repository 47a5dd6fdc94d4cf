import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Case } from '../rules/case.ts'
import { areaCodesOf, searchedFields } from './rules/facts.ts'
import { bodyOf, gramsOf, type Sought, soughtBy } from './rules/words.ts'

/**
 * The cases that words were found in, looked up beforehand; `many` where they are too many to be named; `first` takes so many of them, as
 * they come.
 */
export type Matches = string[] | 'many' | { first: number }

/** So many cases are named one by one; a word in more of them is common, and is met soon by whoever walks along the list. */
export const MOST_NAMED = 2000

/** Writes by which words new cases are found. */
export async function addWords(db: Db, cases: Case[]): Promise<void> {
  const rows = await rowsOf(db, cases)
  await sql`insert into cases.search (tenant, ${FIELDS()}) select base.tenant(), ${FIELDS('g')} from ${given(rows)}`.execute(db)
}

/** Writes them anew for cases that changed; a row that stays as it was is not touched. */
export async function renewWords(db: Db, cases: Case[]): Promise<void> {
  const rows = await rowsOf(db, cases)
  await sql`insert into cases.search as s (tenant, ${FIELDS()}) select base.tenant(), ${FIELDS('g')} from ${given(rows)}
    on conflict (tenant, case_id) do update set (${FIELDS()}) = row (${FIELDS('excluded')})
    where (${FIELDS('s')}) is distinct from (${FIELDS('excluded')})`.execute(db)
}

/** The same filter with its words looked up, so that what follows reads only cases that have them. */
export async function withMatches<F extends { q?: string | undefined }>(
  db: Db,
  filter: F,
): Promise<F & { matches?: string[] | 'many' }> {
  const sought = filter.q === undefined ? undefined : soughtBy(filter.q)
  return sought ? { ...filter, matches: await findMatches(db, sought) } : filter
}

/** Which cases have all the words, of those that row-level security shows; found in the index, looked at again word by word. */
export async function findMatches(db: Db, sought: Sought): Promise<string[] | 'many'> {
  const { rows } = await sql<{ id: string }>`select id from ${found(sought, MOST_NAMED + 1)}`.execute(db)
  return rows.length > MOST_NAMED ? 'many' : rows.map((row) => row.id)
}

/** The condition that a case `p` has all the words of a query. */
export function wordCondition(query: string, matches: Matches | undefined): RawBuilder<unknown> {
  const sought = soughtBy(query)
  if (!sought) return sql`false`
  if (matches === undefined || (typeof matches === 'object' && 'first' in matches))
    return sql`p.id in (select id from ${found(sought, matches?.first ?? null)})`
  return matches === 'many' ? hasWords(sought) : sql`p.id = any (${matches}::uuid[])`
}

// One row by its key for each case that is met: never a look through all of them, which a join might become.
function hasWords({ words, grams, hasRuns }: Sought): RawBuilder<unknown> {
  const each = words.map((word) => sql`position(${word} in s.body) > 0`)
  const all = hasRuns ? [...each, sql`s.grams @> ${grams}::int[]`] : each
  return sql`coalesce((select ${sql.join(all, sql` and `)} from cases.search s where s.tenant = p.tenant and s.case_id = p.id), false)`
}

const found = ({ grams, words }: Sought, most: number | null): RawBuilder<unknown> =>
  sql`cases.find_words(${grams}::int[], ${words}::text[], ${most}::int)`

/** How many cases lack what they are found by. */
export async function countUnfilled(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.problem p where p.tenant = base.tenant()
    and not exists (select 1 from cases.search s where s.tenant = p.tenant and s.case_id = p.id)`.execute(db)
  return rows[0]!.n
}

/** What a case is ranked and shown by in a quick search. */
export interface Hit {
  id: string
  no: string
  originalNo: string | null
  title: string
  reportedOn: string
}

/** The cases that a query finds, newest first, `most` at most. */
export async function listHits(
  db: Db,
  o: { query: string; matches: Matches; most: number; seen?: RawBuilder<unknown> | undefined },
): Promise<Hit[]> {
  const all = [sql`p.tenant = base.tenant()`, wordCondition(o.query, o.matches), ...(o.seen ? [o.seen] : [])]
  const { rows } = await sql<Hit>`select p.id, p.no, p.original_no as "originalNo", p.title, p.reported_on::text as "reportedOn"
    from cases.problem p where ${sql.join(all, sql` and `)} order by p.reported_on desc, p.id desc limit ${o.most}`.execute(db)
  return rows
}

/** The case of exactly this number, if row-level security shows it. */
export async function hitsOfNumber(db: Db, no: string, seen: RawBuilder<unknown> | undefined): Promise<Hit[]> {
  const { rows } = await sql<Hit>`select p.id, p.no, p.original_no as "originalNo", p.title, p.reported_on::text as "reportedOn"
    from cases.problem p where p.tenant = base.tenant() and p.no = ${no} ${seen ? sql`and ${seen}` : sql``}`.execute(db)
  return rows
}

const NAMES = ['case_id', 'region', 'town', 'village', 'secrecy', 'bound_orgs', 'body', 'grams']
const FIELDS = (of?: string) => sql.raw(NAMES.map((name) => (of ? `${of}.${name}` : name)).join(', '))

function given(rows: object[]): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (case_id uuid, region text, town text, village text, secrecy int,
    bound_orgs uuid[], body text, grams int[])`
}

async function rowsOf(db: Db, cases: Case[]): Promise<object[]> {
  const names = await namesOf(db, [...new Set(cases.flatMap(areaCodesOf))])
  return cases.map((c) => {
    const { region, town, village } = c.place
    const fields = searchedFields(c, names)
    const wall = {
      case_id: c.id,
      region,
      town,
      village,
      secrecy: c.secrecy,
      bound_orgs: [...new Set(c.duties.map((d) => d.org))],
    }
    return { ...wall, body: bodyOf(fields), grams: gramsOf(fields) }
  })
}

async function namesOf(db: Db, codes: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`select code, name from places.area
    where tenant = base.tenant() and code = any (${codes}::text[])`.execute(db)
  return new Map(rows.map(({ code, name }) => [code, name]))
}
