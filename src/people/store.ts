import { sql } from 'kysely'
import { type Db, PLANNED_ONCE } from '../base/db.ts'
import type { Day } from '../base/rules/day.ts'
import type { AccountState } from './rules/accounts.ts'
import type { Actor } from './rules/actor.ts'
import { AREA_ROLES } from './rules/scope.ts'

export interface Credential {
  account: string
  hash: string
  mustChange: boolean
  disabled: Day | null
  validFrom: Day | null
  validTo: Day | null
}

/** The password hash of an account with what decides whether it may be used: by the name that was typed, or by its id. */
export async function findCredential(db: Db, o: { username?: string; account?: string }): Promise<Credential | undefined> {
  const { rows } = await sql<Credential>`select c.account, c.hash, c.must_change as "mustChange", a.disabled_on::text as disabled,
      a.valid_from::text as "validFrom", a.valid_to::text as "validTo" from people.account a
    join people.credential c on c.tenant = a.tenant and c.account = a.id
    where a.tenant = base.tenant() and (a.username = ${o.username ?? null} or a.id = ${o.account ?? null}::uuid)`.execute(db)
  return rows[0]
}

export async function insertSession(
  db: Db,
  s: { tokenHash: Buffer; account: string; now: Date; idleMinutes: number; expiresAt: Date },
): Promise<void> {
  await sql`insert into people.session (tenant, token_hash, account, created_at, seen_at, idle_minutes, expires_at)
    values (base.tenant(), ${s.tokenHash}, ${s.account}, ${s.now}, ${s.now}, ${s.idleMinutes}, ${s.expiresAt})`.execute(db)
}

/** Marks a session as used; at most once a minute, as every write costs. */
export async function touchSession(db: Db, s: { tokenHash: Buffer; now: Date; idleMinutes?: number }): Promise<void> {
  await sql`update people.session set seen_at = ${s.now}, idle_minutes = coalesce(${s.idleMinutes ?? null}, idle_minutes)
    where tenant = base.tenant() and token_hash = ${s.tokenHash}`.execute(db)
}

export async function deleteSession(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`delete from people.session where tenant = base.tenant() and token_hash = ${tokenHash}`.execute(db)
}

/** Sessions that ended by themselves. */
export async function deleteEndedSessions(db: Db, now: Date): Promise<void> {
  await sql`delete from people.session where tenant = base.tenant()
    and (expires_at < ${now} or seen_at + make_interval(mins => idle_minutes) < ${now})`.execute(db)
}

/** Every session of an account, but for one: a hand-over, a new password or a closed account ends them. */
export async function deleteSessionsOf(db: Db, account: string, but?: Buffer): Promise<void> {
  await sql`delete from people.session where tenant = base.tenant() and account = ${account}
    and token_hash is distinct from ${but ?? null}::bytea`.execute(db)
}

const HOLDINGS = sql`select coalesce(jsonb_agg(jsonb_build_object('post', p.id, 'title', p.title, 'role', p.role, 'org', o.id,
    'orgName', o.name, 'area', p.area, 'standIn', h.stand_in) || case when x.level = 'zone' then jsonb_build_object('within',
      array(select c.descendant from places.area_closure c where c.tenant = p.tenant and c.ancestor = p.area and c.depth > 0))
    else '{}'::jsonb end order by h.stand_in, p.title), '[]'::jsonb)
  from people.holding h join people.post p on p.tenant = h.tenant and p.id = h.post
  join people.organisation o on o.tenant = p.tenant and o.id = p.org join places.area x on x.tenant = p.tenant and x.code = p.area
  where h.tenant = a.tenant and h.account = a.id`

/** A post is held on a Shanghai day from the day it was given until the day before it was handed over. */
const HELD = (day: string) =>
  sql`h.from_day <= ${day}::date and (h.to_day is null or h.to_day > ${day}::date) and p.closed_on is null`

const OPEN = (day: string) => sql`a.disabled_on is null and (a.valid_from is null or a.valid_from <= ${day}::date)
  and (a.valid_to is null or a.valid_to >= ${day}::date)`

const AREAS = (day: string) => sql`array(select distinct c.descendant from people.holding h
  join people.post p on p.tenant = h.tenant and p.id = h.post
  join places.area_closure c on c.tenant = p.tenant and c.ancestor = p.area
  join places.area x on x.tenant = c.tenant and x.code = c.descendant and x.level in ('county','zone','township')
  where h.tenant = a.tenant and h.account = a.id and ${HELD(day)} and p.role = any (${[...AREA_ROLES]}) and p.area <> a.tenant::text)`

/** Who somebody is now: the actor with the posts held today, the divisions within their areas, and what bounds the account. */
export interface Found {
  actor: Actor
  areas: string[]
  seenAt: Date | null
  readOnly: boolean
  mustChange: boolean
}

type FoundRow = Omit<Actor, 'only'> & Omit<Found, 'actor'>

const foundOf = ({ areas, seenAt, readOnly, mustChange, ...actor }: FoundRow): Found => ({
  ...{ areas, seenAt, readOnly, mustChange },
  actor,
})

/** The person of a live session; one query a request. */
export async function findSession(db: Db, o: { tokenHash: Buffer; now: Date; day: string }): Promise<Found | undefined> {
  const { rows } =
    await sql<FoundRow>`${PLANNED_ONCE}select a.tenant, a.id as account, a.name, a.clearance, s.seen_at as "seenAt",
      a.read_only as "readOnly", k.must_change as "mustChange", (${HOLDINGS} and ${HELD(o.day)}) as holdings, ${AREAS(o.day)} as areas
    from people.session s join people.account a on a.tenant = s.tenant and a.id = s.account
    join people.credential k on k.tenant = a.tenant and k.account = a.id
    where s.tenant = base.tenant() and s.token_hash = ${o.tokenHash} and ${OPEN(o.day)} and s.expires_at > ${o.now}
      and s.seen_at + make_interval(mins => s.idle_minutes) > ${o.now}`.execute(db)
  return rows[0] && foundOf(rows[0])
}

type Machine = { token: string; scopes: string[]; tokenReads: boolean }

/** The person of a live token, with what the token allows of theirs. */
export async function findByToken(db: Db, o: { tokenHash: Buffer; day: string }): Promise<(Found & Machine) | undefined> {
  const { rows } = await sql<FoundRow & Machine>`${PLANNED_ONCE}select a.tenant, a.id as account, a.name, a.clearance,
      t.seen_at as "seenAt", a.read_only as "readOnly", k.must_change as "mustChange", t.id as token, t.scopes, t.read_only as "tokenReads",
      (${HOLDINGS} and ${HELD(o.day)}) as holdings, ${AREAS(o.day)} as areas
    from people.token t join people.account a on a.tenant = t.tenant and a.id = t.account
    join people.credential k on k.tenant = a.tenant and k.account = a.id
    where t.tenant = base.tenant() and t.token_hash = ${o.tokenHash} and t.revoked_at is null
      and (t.expires_on is null or t.expires_on >= ${o.day}::date) and ${OPEN(o.day)}`.execute(db)
  if (!rows[0]) return undefined
  const { token, scopes, tokenReads, ...row } = rows[0]
  return { ...foundOf(row), token, scopes, tokenReads }
}

/** Any number of organisations in one statement. */
export async function insertOrganisations(
  db: Db,
  rows: { id: string; name: string; kind: string; area: string }[],
): Promise<void> {
  await sql`insert into people.organisation (tenant, id, name, kind, area)
    select base.tenant(), o.id, o.name, o.kind, o.area
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (id uuid, name text, kind text, area text)`.execute(db)
}

export async function insertAccount(
  db: Db,
  a: { id: string; state: AccountState; sample: boolean; hash: string; now: Date },
): Promise<void> {
  const { username, name, clearance, readOnly, validFrom, validTo, mustChange } = a.state
  await sql`insert into people.account (tenant, id, username, name, clearance, sample, read_only, valid_from, valid_to)
    values (base.tenant(), ${a.id}, ${username}, ${name}, ${clearance}, ${a.sample}, ${readOnly ?? false}, ${validFrom ?? null},
      ${validTo ?? null})`.execute(db)
  await sql`insert into people.credential (tenant, account, hash, changed_at, must_change)
    values (base.tenant(), ${a.id}, ${a.hash}, ${a.now}, ${mustChange ?? false})`.execute(db)
}

export async function insertPost(
  db: Db,
  p: { id: string; org: string; title: string; role: string; area: string },
): Promise<void> {
  await sql`insert into people.post (tenant, id, org, title, role, area)
    values (base.tenant(), ${p.id}, ${p.org}, ${p.title}, ${p.role}, ${p.area})`.execute(db)
}

/** Ends whoever holds the post in this capacity and lets `to` hold it from `day`; the ended row stays (终身问责). */
export async function replaceHolder(
  db: Db,
  h: { id: string; post: string; from?: string; to?: string; standIn: boolean; day: string },
): Promise<void> {
  if (h.from)
    await sql`update people.holding set to_day = ${h.day}, handed_to = ${h.to ?? null} where tenant = base.tenant() and post = ${h.post}
      and account = ${h.from} and stand_in = ${h.standIn} and to_day is null`.execute(db)
  if (h.to)
    await sql`insert into people.holding (tenant, id, post, account, stand_in, from_day)
      values (base.tenant(), ${h.id}, ${h.post}, ${h.to}, ${h.standIn}, ${h.day})`.execute(db)
}

/** Closes a post that nobody holds. */
export async function closePostRow(db: Db, o: { id: string; day: string }): Promise<void> {
  await sql`update people.post set closed_on = ${o.day} where tenant = base.tenant() and id = ${o.id}`.execute(db)
}

/** Moves a post to its next version; false when somebody else was faster. */
export async function bumpPost(db: Db, id: string, version: number): Promise<boolean> {
  const result = await sql`update people.post set version = ${version}
    where tenant = base.tenant() and id = ${id} and version = ${version - 1}`.execute(db)
  return result.numAffectedRows === 1n
}

/** Who an account is on a Shanghai day: the posts it holds; undefined when it does not exist or is disabled. */
export async function findActor(db: Db, account: string, day: string): Promise<Actor | undefined> {
  const { rows } = await sql<Actor>`select a.tenant, a.id as account, a.name, a.clearance,
    (${HOLDINGS} and ${HELD(day)}) as holdings
    from people.account a where a.tenant = base.tenant() and a.id = ${account} and ${OPEN(day)}`.execute(db)
  return rows[0]
}

/** The same of an account that may be closed by now, with the divisions within its areas: what waits for somebody who leaves. */
export async function findHolder(
  db: Db,
  o: { account: string; day: string },
): Promise<Pick<Found, 'actor' | 'areas'> | undefined> {
  const { rows } = await sql<Actor & { areas: string[] }>`select a.tenant, a.id as account, a.name, a.clearance,
    (${HOLDINGS} and ${HELD(o.day)}) as holdings, ${AREAS(o.day)} as areas
    from people.account a where a.tenant = base.tenant() and a.id = ${o.account}`.execute(db)
  if (!rows[0]) return undefined
  const { areas, ...actor } = rows[0]
  return { actor, areas }
}

export async function insertDuty(
  db: Db,
  d: { id: string; name: string; post: string; standInPost: string | null; area: string; from: string },
): Promise<void> {
  await sql`insert into people.duty (tenant, id, name, post, stand_in_post, area, from_day)
    values (base.tenant(), ${d.id}, ${d.name}, ${d.post}, ${d.standInPost}, ${d.area}, ${d.from})`.execute(db)
}

export async function endDuty(db: Db, d: { id: string; to: string }): Promise<void> {
  await sql`update people.duty set to_day = ${d.to} where tenant = base.tenant() and id = ${d.id}`.execute(db)
}
