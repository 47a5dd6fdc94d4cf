import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db.ts'

export const CHANNELS = ['webhook', 'wecom', 'dingtalk', 'mail', 'sms'] as const
export type Channel = (typeof CHANNELS)[number]

/** Something that is to leave: over which channel, to which target or account, because of which event of the journal. */
export interface Outgoing {
  id: string
  channel: Channel
  target: string
  seq: number
  subject?: string | undefined
  body: Record<string, unknown>
}

/** One that is tried now. */
export interface Due extends Outgoing {
  attempts: number
  madeAt: Date
}

/** What came of an attempt. */
export interface Outcome {
  id: string
  status: 'waiting' | 'sent' | 'given_up'
  nextAt: Date
  at: Date
  code?: number | undefined
  error?: string | undefined
}

/** Queues what is to leave; an event goes to a target once, however often the journal is read, and a day's word once for each thing. */
export async function queueDeliveries(db: Db, all: Outgoing[], now: Date): Promise<void> {
  if (all.length === 0) return
  await sql`insert into base.delivery (tenant, id, channel, target, seq, subject, body, made_at, next_at)
    select base.tenant(), d.id, d.channel, d.target, d.seq, d.subject, d.body, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
      as d (id uuid, channel text, target uuid, seq bigint, subject uuid, body jsonb)
    on conflict (tenant, channel, target, seq, subject) where again_of is null do nothing`.execute(db)
}

/** Takes what is due, and nobody else takes it until the lease has run out: a worker that dies leaves it to the next. */
export async function takeDue(db: Db, o: { now: Date; leaseSeconds: number; limit: number }): Promise<Due[]> {
  const lease = new Date(o.now.getTime() + o.leaseSeconds * 1000)
  const { rows } = await sql<Omit<Due, 'seq' | 'subject'> & { seq: string; subject: string | null }>`
    update base.delivery d set attempts = attempts + 1, next_at = ${lease}
    from (select id from base.delivery where tenant = base.tenant() and status = 'waiting' and next_at <= ${o.now}
      order by next_at limit ${o.limit} for update skip locked) due
    where d.tenant = base.tenant() and d.id = due.id
    returning d.id, d.channel, d.target, d.seq, d.subject, d.body, d.attempts, d.made_at as "madeAt"`.execute(db)
  return rows.map((r) => ({ ...r, seq: Number(r.seq), subject: r.subject ?? undefined }))
}

export async function settleDelivery(db: Db, o: Outcome): Promise<void> {
  await sql`update base.delivery set status = ${o.status}, next_at = ${o.nextAt}, tried_at = ${o.at}, code = ${o.code ?? null},
    error = ${o.error ?? null} where tenant = base.tenant() and id = ${o.id}`.execute(db)
}

/** One line of the log of a target. */
export interface Logged {
  id: string
  channel: Channel
  seq: number
  subject: string | null
  body: Record<string, unknown>
  madeAt: Date
  status: Outcome['status']
  attempts: number
  nextAt: Date
  triedAt: Date | null
  code: number | null
  error: string | null
  againOf: string | null
}

const LOGGED = sql`id, channel, seq::int as seq, subject, body, made_at as "madeAt", status, attempts, next_at as "nextAt",
  tried_at as "triedAt", code, error, again_of as "againOf"`

/** What went to a target, newest first, paged by key. */
export async function listDeliveries(
  db: Db,
  o: { target: string; after?: string | undefined; limit: number },
): Promise<{ items: Logged[]; next: string | null }> {
  const { rows } = await sql<Logged>`select ${LOGGED} from base.delivery where tenant = base.tenant() and target = ${o.target}
    ${beyond(o.after)} order by made_at desc, id desc limit ${o.limit + 1}`.execute(db)
  const items = rows.slice(0, o.limit)
  const last = items.at(-1)
  return { items, next: rows.length > o.limit && last ? `${last.madeAt.getTime()}_${last.id}` : null }
}

function beyond(after: string | undefined): RawBuilder<unknown> {
  const found = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(after ?? '')
  return found ? sql`and (made_at, id) < (${new Date(Number(found[1]))}::timestamptz, ${found[2]}::uuid)` : sql``
}

/** Queues one of the log once more, as a delivery of its own; false where the target has none of that id. */
export async function queueAgain(db: Db, o: { id: string; target: string; as: string; now: Date }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into base.delivery (tenant, id, channel, target, seq, subject, body, made_at, next_at, again_of)
    select tenant, ${o.as}::uuid, channel, target, seq, subject, body, ${o.now}, ${o.now}, id from base.delivery
    where tenant = base.tenant() and id = ${o.id} and target = ${o.target} returning id`.execute(db)
  return rows.length === 1
}

/** Nothing more is tried for a target: it was stopped. */
export async function dropWaiting(db: Db, o: { target: string; why: string; now: Date }): Promise<void> {
  await sql`update base.delivery set status = 'given_up', tried_at = ${o.now}, error = ${o.why}
    where tenant = base.tenant() and target = ${o.target} and status = 'waiting'`.execute(db)
}

/** Forgets what is older than the log is kept; what still waits stays. */
export async function forgetDeliveries(db: Db, before: Date): Promise<void> {
  await sql`delete from base.delivery where tenant = base.tenant() and made_at < ${before} and status <> 'waiting'`.execute(db)
}

/** How far a reader of the journal has read; who reads for the first time begins at the end. The row is locked until commit. */
export async function lockReader(db: Db, name: string): Promise<number> {
  await sql`insert into base.reader (tenant, name, seq) select tenant, ${name}, size from journal.head where tenant = base.tenant()
    on conflict do nothing`.execute(db)
  const { rows } = await sql<{ seq: string }>`select seq from base.reader
    where tenant = base.tenant() and name = ${name} for update`.execute(db)
  return Number(rows[0]!.seq)
}

export async function saveReader(db: Db, name: string, seq: number): Promise<void> {
  await sql`update base.reader set seq = ${seq} where tenant = base.tenant() and name = ${name}`.execute(db)
}
