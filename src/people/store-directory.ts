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
  version: number
  closedOn: string | null
  mergedInto: string | null
}

/** Organisations that stand; with `closed` also those that do not any more. */
export async function listOrganisations(db: Db, o: { closed?: boolean } = {}): Promise<Organisation[]> {
  const { rows } =
    await sql<Organisation>`select id, name, kind, area, version, closed_on::text as "closedOn", merged_into as "mergedInto"
    from people.organisation where tenant = base.tenant() and (closed_on is null or ${o.closed ?? false}) order by area, kind, name`.execute(
      db,
    )
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
  holder: Holder | null
  standIn: Holder | null
}

/** `open` is false where the account was disabled: the post is held by somebody who cannot act. */
export interface Holder {
  account: string
  name: string
  open: boolean
}

const HOLDER = (
  standIn: boolean,
) => sql`(select jsonb_build_object('account', a.id, 'name', a.name, 'open', a.disabled_on is null) from people.holding h
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
  version: number
  readOnly: boolean
  mustChange: boolean
  validFrom: string | null
  validTo: string | null
  disabledOn: string | null
  leftOn: string | null
}

/** The account with its roles today: who may approve, who may be given a post. */
export type AccountWithPosts = AccountRow & { posts: { title: string; role: Role }[] }

const ACCOUNT = sql`select a.id, a.username, a.name, a.clearance, a.version, a.read_only as "readOnly",
  coalesce(k.must_change, false) as "mustChange", a.valid_from::text as "validFrom", a.valid_to::text as "validTo",
  a.disabled_on::text as "disabledOn", a.left_on::text as "leftOn",
  coalesce((select jsonb_agg(jsonb_build_object('title', p.title, 'role', p.role) order by p.title)
    from people.holding h join people.post p on p.tenant = h.tenant and p.id = h.post
    where h.tenant = a.tenant and h.account = a.id and h.to_day is null), '[]'::jsonb) as posts
  from people.account a left join people.credential k on k.tenant = a.tenant and k.account = a.id`

export async function listAccounts(db: Db): Promise<AccountWithPosts[]> {
  const { rows } = await sql<AccountWithPosts>`${ACCOUNT} where a.tenant = base.tenant() order by a.username`.execute(db)
  return rows
}

export async function findAccount(db: Db, id: string): Promise<AccountWithPosts | undefined> {
  const { rows } = await sql<AccountWithPosts>`${ACCOUNT} where a.tenant = base.tenant() and a.id = ${id}`.execute(db)
  return rows[0]
}

/** 终身问责: who held a post, from when until the day before when, newest first; of a day, where one is asked for. */
export interface PastHolder {
  account: string
  name: string
  standIn: boolean
  from: string
  to: string | null
  handedTo: string | null
}

export async function listHolders(db: Db, o: { post: string; day?: string | undefined }): Promise<PastHolder[]> {
  const { rows } = await sql<PastHolder>`select a.id as account, a.name, h.stand_in as "standIn", h.from_day::text as "from",
      h.to_day::text as "to", n.name as "handedTo" from people.holding h
    join people.account a on a.tenant = h.tenant and a.id = h.account
    left join people.account n on n.tenant = h.tenant and n.id = h.handed_to
    where h.tenant = base.tenant() and h.post = ${o.post}
      and (${o.day ?? null}::date is null or (h.from_day <= ${o.day ?? null}::date and (h.to_day is null or h.to_day > ${o.day ?? null}::date)))
    order by h.from_day desc, h.to_day desc nulls first, h.stand_in, h.id`.execute(db)
  return rows
}

/** Whether there is such a post, closed ones too. */
export async function hasPost(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from people.post where tenant = base.tenant() and id = ${id}`.execute(db)
  return rows.length > 0
}

/** Every post as its events should have left it. */
export async function allPostStates(db: Db): Promise<{ id: string; state: PostState }[]> {
  const { rows } = await sql<{
    id: string
    state: PostState
  }>`select p.id, jsonb_strip_nulls(jsonb_build_object('version', p.version,
    'held', (select count(*) from people.holding h where h.tenant = p.tenant and h.post = p.id),
    'org', p.org, 'title', p.title, 'role', p.role, 'area', p.area, 'closed', case when p.closed_on is not null then true end,
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
