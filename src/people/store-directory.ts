import { sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Role } from './rules/actor.ts'
import type { PostState } from './rules/posts.ts'

/** Reads of the directory: organisations, posts with their holders, accounts. All SQL of people/ that only looks. */

export interface Organisation {
  id: string
  name: string
  kind: string
  area: string
}

export async function listOrganisations(db: Db): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`select id, name, kind, area from people.organisation
    where tenant = base.tenant() and closed_on is null order by area, kind, name`.execute(db)
  return rows
}

/** Ids of the organisations with these names; a name nobody bears is absent. */
export async function findOrganisations(db: Db, names: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people.organisation
    where tenant = base.tenant() and name = any (${names})`.execute(db)
  return new Map(rows.map((r) => [r.name, r.id]))
}

export interface PostRow {
  id: string
  title: string
  role: Role
  org: string
  orgName: string
  area: string
  version: number
  held: number
  holder: { account: string; name: string } | null
  standIn: { account: string; name: string } | null
}

const HOLDER = (standIn: boolean) => sql`(select jsonb_build_object('account', a.id, 'name', a.name) from people.holding h
  join people.account a on a.tenant = h.tenant and a.id = h.account
  where h.tenant = p.tenant and h.post = p.id and h.to_day is null and h.stand_in = ${sql.lit(standIn)})`

export async function listPosts(db: Db, o: { role?: string | undefined; id?: string | undefined }): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`select p.id, p.title, p.role, p.org, g.name as "orgName", p.area, p.version,
    (select count(*)::int from people.holding h where h.tenant = p.tenant and h.post = p.id) as held,
    ${HOLDER(false)} as holder, ${HOLDER(true)} as "standIn"
    from people.post p join people.organisation g on g.tenant = p.tenant and g.id = p.org
    where p.tenant = base.tenant() and p.closed_on is null and (${o.role ?? null}::text is null or p.role = ${o.role ?? null})
      and (${o.id ?? null}::uuid is null or p.id = ${o.id ?? null}::uuid)
    order by p.area, g.name, p.title, p.id`.execute(db)
  return rows
}

/** Somebody in a post today. */
export interface Holder {
  role: Role
  org: string
  orgName: string
  area: string
  title: string
  name: string
  standIn: boolean
}

/** Who holds posts of these roles in these organisations or divisions today, first holders before stand-ins, `most` at most. */
export async function findHolders(
  db: Db,
  o: { roles: readonly Role[]; orgs: readonly string[]; areas: readonly string[]; most: number },
): Promise<Holder[]> {
  const { rows } = await sql<Holder>`select p.role, p.org, g.name as "orgName", p.area, p.title, a.name, h.stand_in as "standIn"
    from people.post p join people.organisation g on g.tenant = p.tenant and g.id = p.org
    join people.holding h on h.tenant = p.tenant and h.post = p.id and h.to_day is null
    join people.account a on a.tenant = h.tenant and a.id = h.account
    where p.tenant = base.tenant() and p.closed_on is null and p.role = any (${o.roles}::text[])
      and (p.org = any (${o.orgs}::uuid[]) or p.area = any (${o.areas}::text[]))
    order by h.stand_in, g.name, p.title, a.name limit ${o.most}`.execute(db)
  return rows
}

export interface AccountRow {
  id: string
  username: string
  name: string
  clearance: number
  disabledOn: string | null
}

export async function listAccounts(db: Db): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`select id, username, name, clearance, disabled_on::text as "disabledOn"
    from people.account where tenant = base.tenant() order by username`.execute(db)
  return rows
}

/** The account with its roles today: who may approve, who may be given a post. */
export async function findAccount(
  db: Db,
  id: string,
): Promise<(AccountRow & { posts: { title: string; role: Role }[] }) | undefined> {
  const { rows } = await sql<
    AccountRow & { posts: { title: string; role: Role }[] }
  >`select a.id, a.username, a.name, a.clearance,
    a.disabled_on::text as "disabledOn", coalesce((select jsonb_agg(jsonb_build_object('title', p.title, 'role', p.role))
      from people.holding h join people.post p on p.tenant = h.tenant and p.id = h.post
      where h.tenant = a.tenant and h.account = a.id and h.to_day is null), '[]'::jsonb) as posts
    from people.account a where a.tenant = base.tenant() and a.id = ${id}`.execute(db)
  return rows[0]
}

/** Every post as its events should have left it. */
export async function allPostStates(db: Db): Promise<{ id: string; state: PostState }[]> {
  const { rows } = await sql<{
    id: string
    state: PostState
  }>`select p.id, jsonb_strip_nulls(jsonb_build_object('version', p.version,
    'held', (select count(*) from people.holding h where h.tenant = p.tenant and h.post = p.id),
    'org', p.org, 'title', p.title, 'role', p.role, 'area', p.area,
    'main', (select account from people.holding h where h.tenant = p.tenant and h.post = p.id and h.to_day is null and not h.stand_in),
    'standIn', (select account from people.holding h where h.tenant = p.tenant and h.post = p.id and h.to_day is null and h.stand_in))) as state
    from people.post p where p.tenant = base.tenant() order by p.id`.execute(db)
  return rows
}

export interface DutyRow {
  id: string
  name: string
  area: string
  post: string
  postTitle: string
  standInPost: string | null
  standInTitle: string | null
  from: string
  to: string | null
}

/** Duties by division and name; ended ones too, as who answered for what stays on record. */
export async function listDuties(db: Db, o: { id?: string | undefined; area?: string | undefined }): Promise<DutyRow[]> {
  const { rows } =
    await sql<DutyRow>`select d.id, d.name, d.area, d.post, p.title as "postTitle", d.stand_in_post as "standInPost",
    s.title as "standInTitle", d.from_day::text as "from", d.to_day::text as "to" from people.duty d
    join people.post p on p.tenant = d.tenant and p.id = d.post
    left join people.post s on s.tenant = d.tenant and s.id = d.stand_in_post
    where d.tenant = base.tenant() and (${o.id ?? null}::uuid is null or d.id = ${o.id ?? null}::uuid)
      and (${o.area ?? null}::text is null or d.area = ${o.area ?? null}) order by d.area, d.name, d.id`.execute(db)
  return rows
}
