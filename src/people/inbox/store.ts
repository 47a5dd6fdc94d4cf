import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'

/** Something a person is told: about which thing, because of which event of the journal (0: the day), in what words. */
export interface Notice {
  id: string
  account: string
  context: string
  subject: string
  seq: number
  kind: string
  words: Record<string, unknown>
}

/** One of the inbox. */
export interface Told extends Omit<Notice, 'account'> {
  at: Date
  readAt: Date | null
}

/** Puts notices into inboxes; gives the ones that were not there yet. */
export async function insertNotices<N extends Notice>(db: Db, all: N[], now: Date): Promise<N[]> {
  if (all.length === 0) return []
  const { rows } = await sql<{
    id: string
  }>`insert into people.notice (tenant, id, account, context, subject, seq, kind, words, at)
    select base.tenant(), n.id, n.account, n.context, n.subject, n.seq, n.kind, n.words, ${now}
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
      as n (id uuid, account uuid, context text, subject uuid, seq bigint, kind text, words jsonb)
    on conflict do nothing returning id`.execute(db)
  const made = new Set(rows.map((r) => r.id))
  return all.filter((n) => made.has(n.id))
}

/** A page of an account's inbox, newest first, and how much of it is unread. */
export async function listInbox(
  db: Db,
  o: { account: string; unread: boolean; after?: string | undefined; limit: number },
): Promise<{ items: Told[]; next: string | null; unread: number }> {
  const { rows } = await sql<Told>`select id, context, subject, seq::int as seq, kind, words, at, read_at as "readAt"
    from people.notice where tenant = base.tenant() and account = ${o.account} ${o.unread ? sql`and read_at is null` : sql``}
    ${beyond(o.after)} order by at desc, id desc limit ${o.limit + 1}`.execute(db)
  const items = rows.slice(0, o.limit)
  const last = items.at(-1)
  return {
    items,
    next: rows.length > o.limit && last ? `${last.at.getTime()}_${last.id}` : null,
    unread: await countUnread(db, o.account),
  }
}

function beyond(after: string | undefined): RawBuilder<unknown> {
  const found = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(after ?? '')
  return found ? sql`and (at, id) < (${new Date(Number(found[1]))}::timestamptz, ${found[2]}::uuid)` : sql``
}

export async function countUnread(db: Db, account: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from people.notice
    where tenant = base.tenant() and account = ${account} and read_at is null`.execute(db)
  return rows[0]!.n
}

/** Marks one of an account's notices as read, or all of them; gives how many. */
export async function markRead(db: Db, o: { account: string; id?: string | undefined; now: Date }): Promise<number> {
  const which = o.id ? sql`and id = ${o.id}` : sql``
  const done = await sql`update people.notice set read_at = ${o.now}
    where tenant = base.tenant() and account = ${o.account} and read_at is null ${which}`.execute(db)
  return Number(done.numAffectedRows)
}

/** Whether a notice is the account's own. */
export async function hasNotice(db: Db, o: { account: string; id: string }): Promise<boolean> {
  const { rows } = await sql`select 1 from people.notice where tenant = base.tenant() and account = ${o.account}
    and id = ${o.id}`.execute(db)
  return rows.length > 0
}

/** Who was told of a thing, when, and when they read it, newest first. */
export async function listReceipts(
  db: Db,
  o: { context: string; subject: string },
): Promise<{ kind: string; words: Record<string, unknown>; name: string; at: Date; readAt: Date | null }[]> {
  const { rows } = await sql<{ kind: string; words: Record<string, unknown>; name: string; at: Date; readAt: Date | null }>`
    select n.kind, n.words, a.name, n.at, n.read_at as "readAt" from people.notice n
    join people.account a on a.tenant = n.tenant and a.id = n.account
    where n.tenant = base.tenant() and n.context = ${o.context} and n.subject = ${o.subject}
    order by n.at desc, a.name limit 500`.execute(db)
  return rows
}

export async function forgetNotices(db: Db, before: Date): Promise<void> {
  await sql`delete from people.notice where tenant = base.tenant() and at < ${before} and read_at is not null`.execute(db)
}

/** Where a person wants to be reached beside the inbox. */
export interface Contact {
  channel: 'mail' | 'sms'
  address: string
}

export async function listContacts(db: Db, account: string): Promise<Contact[]> {
  return (
    await sql<Contact>`select channel, address from people.contact
      where tenant = base.tenant() and account = ${account} order by channel`.execute(db)
  ).rows
}

/** The contacts of several accounts. */
export async function contactsOf(db: Db, accounts: string[]): Promise<(Contact & { account: string })[]> {
  const { rows } = await sql<Contact & { account: string }>`select account, channel, address from people.contact
    where tenant = base.tenant() and account = any (${accounts}::uuid[])`.execute(db)
  return rows
}

export async function saveContact(db: Db, o: Contact & { account: string; now: Date }): Promise<void> {
  await sql`insert into people.contact (tenant, account, channel, address, since)
    values (base.tenant(), ${o.account}, ${o.channel}, ${o.address}, ${o.now})
    on conflict (tenant, account, channel) do update set address = excluded.address, since = excluded.since`.execute(db)
}

export async function deleteContact(db: Db, o: { account: string; channel: string }): Promise<void> {
  await sql`delete from people.contact where tenant = base.tenant() and account = ${o.account} and channel = ${o.channel}`.execute(
    db,
  )
}

/** People who hold a post today in one of the roles, whose division holds one of the areas or whose organisation is one of these. */
export async function findToTell(
  db: Db,
  o: { roles: readonly string[]; areas: string[]; orgs: string[]; day: string },
): Promise<string[]> {
  const { rows } = await sql<{ account: string }>`select distinct h.account from people.holding h
    join people.post p on p.tenant = h.tenant and p.id = h.post
    join people.account a on a.tenant = h.tenant and a.id = h.account
    where h.tenant = base.tenant() and p.role = any (${[...o.roles]}::text[]) and p.closed_on is null and a.disabled_on is null
      and h.from_day <= ${o.day}::date and (h.to_day is null or h.to_day > ${o.day}::date)
      and (p.org = any (${o.orgs}::uuid[]) or p.area in (select c.ancestor from places.area_closure c
        where c.tenant = h.tenant and c.descendant = any (${o.areas}::text[])))`.execute(db)
  return rows.map((r) => r.account)
}
