import { sql } from 'kysely'
import { type Db, PLANNED_ONCE } from '../base/db.ts'
import type { Actor, Holding } from './rules/actor.ts'
import { AREA_ROLES } from './rules/scope.ts'

/** The password hash of an enabled account. */
export async function findCredential(db: Db, username: string): Promise<{ account: string; hash: string } | undefined> {
  const { rows } = await sql<{ account: string; hash: string }>`select c.account, c.hash from people.account a
    join people.credential c on c.tenant = a.tenant and c.account = a.id
    where a.tenant = base.tenant() and a.username = ${username} and a.disabled_on is null`.execute(db)
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

/** Every session of an account: a hand-over, a new password or a closed account ends them. */
export async function deleteSessionsOf(db: Db, account: string): Promise<void> {
  await sql`delete from people.session where tenant = base.tenant() and account = ${account}`.execute(db)
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

/** The live session of a token with its actor (posts held today) and the divisions within the actor's areas: one query a request. */
export async function findSession(
  db: Db,
  o: { tokenHash: Buffer; now: Date; day: string },
): Promise<{ actor: Actor; areas: string[]; seenAt: Date } | undefined> {
  const { rows } = await sql<{
    tenant: number
    account: string
    name: string
    clearance: number
    holdings: Holding[]
    areas: string[]
    seen_at: Date
  }>`${PLANNED_ONCE}select a.tenant, a.id as account, a.name, a.clearance, s.seen_at,
      (${HOLDINGS} and ${HELD(o.day)}) as holdings,
      array(select distinct c.descendant from people.holding h join people.post p on p.tenant = h.tenant and p.id = h.post
        join places.area_closure c on c.tenant = p.tenant and c.ancestor = p.area
        join places.area x on x.tenant = c.tenant and x.code = c.descendant and x.level in ('county','zone','township')
        where h.tenant = a.tenant and h.account = a.id and ${HELD(o.day)} and p.role = any (${[...AREA_ROLES]})
          and p.area <> a.tenant::text) as areas
    from people.session s join people.account a on a.tenant = s.tenant and a.id = s.account
    where s.tenant = base.tenant() and s.token_hash = ${o.tokenHash} and a.disabled_on is null and s.expires_at > ${o.now}
      and s.seen_at + make_interval(mins => s.idle_minutes) > ${o.now}`.execute(db)
  const found = rows[0]
  if (!found) return undefined
  const { areas, seen_at, ...actor } = found
  return { actor, areas, seenAt: seen_at }
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
  a: { id: string; username: string; name: string; clearance: number; sample: boolean; hash: string; now: Date },
): Promise<void> {
  await sql`insert into people.account (tenant, id, username, name, clearance, sample)
    values (base.tenant(), ${a.id}, ${a.username}, ${a.name}, ${a.clearance}, ${a.sample})`.execute(db)
  await sql`insert into people.credential (tenant, account, hash, changed_at) values (base.tenant(), ${a.id}, ${a.hash}, ${a.now})`.execute(
    db,
  )
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
    from people.account a where a.tenant = base.tenant() and a.id = ${account} and a.disabled_on is null`.execute(db)
  return rows[0]
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
