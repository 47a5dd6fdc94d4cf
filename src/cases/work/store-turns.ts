import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Day } from '../../base/rules/day.ts'
import type { Sight } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import type { Colour } from '../rules/codes.ts'
import { inAreas, seenBy } from '../store-sight.ts'
import type { Target, WorkDays, WorkGroup } from './rules/groups.ts'
import type { Turn } from './rules/turns.ts'

/** Stands for a day that is not set: it comes last. */
const NO_DAY = '9999-12-31'
const RANK: Readonly<Record<Colour, number>> = { red: 0, yellow: 1, green: 2 }

/** What waits on a case, and the colour by which it is urgent. */
export interface Waiting {
  case: Case
  colour: Colour
  turns: Turn[]
}

/** Writes what waits on these cases in place of what waited; a row that stays as it was is not touched. */
export async function saveTurns(db: Db, waiting: Waiting[]): Promise<void> {
  if (waiting.length === 0) return
  const ids = waiting.map((w) => w.case.id)
  const rows = JSON.stringify(waiting.flatMap(rowsOf))
  await sql`delete from cases.turn t where t.tenant = base.tenant() and t.case_id = any (${ids}::uuid[])
    and not exists (select 1 from ${given(rows)} where ${SAME} and (${FIELDS('g')}) is not distinct from (${FIELDS('t')}))`.execute(
    db,
  )
  await sql`insert into cases.turn (tenant, ${FIELDS()}) select base.tenant(), ${FIELDS('g')} from ${given(rows)}
    where not exists (select 1 from cases.turn t where t.tenant = base.tenant() and ${SAME})`.execute(db)
}

/** Of these cases the ones that nobody moved on since they were read, and nobody will before this transaction ends. */
export async function unmoved(db: Db, read: { id: string; version: number }[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select p.id from cases.problem p, jsonb_to_recordset(${JSON.stringify(read)}::jsonb)
    as r (id uuid, version int) where p.tenant = base.tenant() and p.id = r.id and p.version = r.version order by p.id for no key update of p`.execute(
    db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Who asks for a work list, and of which day. */
export interface Asking {
  account: string
  orgs: string[]
  targets: Target[]
  sight: Sight
  days: WorkDays
}

/** How many cases wait in each group (or in this one) for the actor; a case that two of the actor's posts may take counts once. */
export async function countTurns(db: Db, o: Asking, group?: WorkGroup): Promise<Map<WorkGroup, number>> {
  const branches = branchesOf(group ? only(o, group) : o, group)
  if (branches.length === 0) return new Map()
  const alone = branches.length === 1 // of one organisation, or of one division: a case has one row of each turn there
  const { rows } = await sql<{ name: WorkGroup; n: number }>`select name, ${alone ? sql`sum(n)` : sql`count(*)`}::int as n from (
    ${
      alone
        ? sql`select ${groupName(o.days)} as name, count(*) as n from cases.turn p where ${branches[0]} group by 1`
        : sql`${sql.join(
            branches.map((branch) => sql`select ${groupName(o.days)} as name, p.case_id from cases.turn p where ${branch}`),
            sql` union `,
          )}`
    }) x where name is not null group by 1`.execute(db)
  return new Map(rows.map((row) => [row.name, row.n]))
}

/** A case that waits, and the cursor of what comes after it. */
export interface Place {
  group: WorkGroup
  id: string
  since: Day
  due?: Day
  cursor: string
}

/** The most urgent cases of each group, `limit` at most: red before yellow before green, then the earliest day; `after` is a cursor of one group. */
export async function listTurns(
  db: Db,
  o: Asking & { groups: readonly WorkGroup[]; limit: number; after?: Cursor | undefined },
): Promise<Place[]> {
  const parts = o.groups.flatMap((group) => {
    const branches = branchesOf(only(o, group), group)
    if (branches.length === 0) return []
    const beyond = o.after
      ? sql`and (p.rank, p.due, p.case_id) > (${o.after.rank}, ${o.after.due}::date, ${o.after.id}::uuid)`
      : sql``
    const each = branches.map(
      (branch) => sql`(select p.case_id, p.rank, p.due, p.since from cases.turn p where ${branch} ${beyond}
        order by p.rank, p.due, p.case_id limit ${o.limit})`,
    )
    return sql`(select ${group} as "group", x.* from (select distinct on (rank, due, case_id) case_id, rank, due, since
      from (${sql.join(each, sql` union all `)}) u order by rank, due, case_id, since) x limit ${o.limit})`
  })
  if (parts.length === 0) return []
  const { rows } = await sql<{ group: WorkGroup; case_id: string; rank: number; due: string; since: Day }>`
    select "group", case_id, rank, due::text as due, since::text as since from (${sql.join(parts, sql` union all `)}) all_groups
    order by "group", rank, due, case_id`.execute(db)
  return rows.map(({ group, case_id, rank, due, since }) => ({
    ...{ group, id: case_id, since, cursor: `${rank}_${due}_${case_id}` },
    ...(due === NO_DAY ? {} : { due: due as Day }),
  }))
}

/** Where a page of one group goes on. */
export interface Cursor {
  rank: number
  due: string
  id: string
}

/** Cases by their ids, as they stand. */
export async function casesOf(db: Db, ids: string[]): Promise<Map<string, { case: Case; colour: Colour; colourWhy: unknown[] }>> {
  const { rows } = await sql<{
    doc: Case
    colour: Colour
    colour_why: unknown[]
  }>`select doc, colour, colour_why from cases.problem
    where tenant = base.tenant() and id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.doc.id, { case: row.doc, colour: row.colour, colourWhy: row.colour_why }]))
}

const only = (o: Asking, group: WorkGroup): Asking => ({ ...o, targets: o.targets.filter(({ turn }) => turn === turnOf(group)) })

const turnOf = (group: WorkGroup): Target['turn'] => (group === 'overdue' || group === 'due_soon' ? 'deadline' : group)

// The conditions under which a turn is the actor's: by organisation and by division apart, as each has its own index.
function branchesOf({ account, orgs, targets, sight, days }: Asking, group?: WorkGroup): RawBuilder<unknown>[] {
  const wall = seenBy(sight)
  const shared = [
    ...[sql`p.tenant = base.tenant()`, sql`p.since <= ${days.today}::date`, inTime(days, group)],
    ...[sql`${account} <> all (p.not_accounts)`, sql`not (p.not_orgs && ${orgs}::text[])`, ...(wall ? [wall] : [])],
  ]
  return [...byOrg(targets), ...byArea(targets)].map((own) => sql.join([own, ...shared], sql` and `))
}

function byOrg(targets: Target[]): RawBuilder<unknown>[] {
  const orgs = Map.groupBy(
    targets.flatMap((t) => ('org' in t ? [t] : [])),
    (t) => t.org,
  )
  return [...orgs].map(([org, own]) => sql`p.org = ${org} and ${anyTurn(own)}`)
}

function byArea(targets: Target[]): RawBuilder<unknown>[] {
  const areas = Map.groupBy(
    targets.flatMap((t) => ('area' in t ? [t] : [])),
    ({ area }) => JSON.stringify(area),
  )
  return [...areas.values()].map((own) => {
    const { regions, locals } = own[0]!.area
    const region = regions !== '*' && regions.length === 1 && locals.length === 0 ? sql`p.region = ${regions[0]}` : undefined
    return sql`p.org = '' and ${anyTurn(own)} and ${region ?? inAreas({ areas: [{ regions, locals, most: 3 }], bound: { orgs: [], most: 0 } })}`
  })
}

function anyTurn(own: Target[]): RawBuilder<unknown> {
  const turns = [...new Set(own.map(({ turn }) => turn))]
  return turns.length === 1 ? sql`p.turn = ${turns[0]}` : sql`p.turn = any (${turns}::text[])`
}

function inTime(days: WorkDays, group: WorkGroup | undefined): RawBuilder<unknown> {
  if (group === 'overdue') return sql`p.due < ${days.today}::date`
  if (group === 'due_soon') return sql`p.due between ${days.today}::date and ${days.soonUntil}::date`
  return group ? sql`true` : sql`(p.turn <> 'deadline' or p.due <= ${days.soonUntil}::date)`
}

function groupName({ today }: WorkDays): RawBuilder<unknown> {
  return sql`case when p.turn <> 'deadline' then p.turn when p.due < ${today}::date then 'overdue' else 'due_soon' end`
}

const NAMES = [
  'case_id',
  'turn',
  'org',
  'region',
  'town',
  'village',
  'secrecy',
  'bound_orgs',
  'rank',
  'due',
  'since',
  'not_accounts',
  'not_orgs',
]
const FIELDS = (of?: string) => sql.raw(NAMES.map((name) => (of ? `${of}.${name}` : name)).join(', '))

const SAME = sql.raw('t.case_id = g.case_id and t.turn = g.turn and t.org = g.org')

function given(rows: string): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${rows}::jsonb) as g (case_id uuid, turn text, org text, region text, town text, village text, secrecy int,
    bound_orgs uuid[], rank int, due date, since date, not_accounts text[], not_orgs text[])`
}

function rowsOf({ case: c, colour, turns }: Waiting): object[] {
  const { region, town, village } = c.place
  const wall = { case_id: c.id, region, town, village, secrecy: c.secrecy, bound_orgs: [...new Set(c.duties.map((d) => d.org))] }
  return turns.flatMap(({ turn, orgs, since, due, notAccounts, notOrgs }) =>
    orgs.map((org) => ({
      ...{ ...wall, turn, org, since, due: due ?? NO_DAY, rank: RANK[colour] },
      ...{ not_accounts: notAccounts, not_orgs: notOrgs },
    })),
  )
}
