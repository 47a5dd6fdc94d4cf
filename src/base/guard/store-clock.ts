import { sql } from 'kysely'
import { type Db, widen } from '../db.ts'
import { appendEvents } from '../journal/store.ts'

/** What the journal says of the clock: it jumped, came back by itself, or an operator confirmed it. */
export interface ClockEvent {
  kind: 'jumped' | 'righted' | 'accepted'
  at: string
  /** How far the wall clock was off what was believed. */
  data: { bySeconds: number }
}

/** There is one clock: whichever process sees it jump first says so for all. */
const SUBJECT = '00000000-0000-4000-8000-0000000c10c0'

/** As many as processes that see the same jumps can lag behind one another. */
const RECENT = 20

/** When the newest event was written, if there is one: a wall clock earlier than that is wrong, or was. */
export async function findNewestTime(db: Db, tenant: number): Promise<Date | undefined> {
  await widen(db, { tenant, areas: '*', orgs: [], clearance: 3 })
  const { rows } = await sql<{
    at: Date
  }>`select at from journal.event where tenant = ${tenant} order by seq desc limit 1`.execute(db)
  return rows[0]?.at
}

/** What was last said of the clock, newest first; nobody else says anything until the transaction ends. */
export async function lockClockEvents(db: Db, tenant: number): Promise<(ClockEvent & { n: number })[]> {
  await sql`select 1 from journal.head where tenant = ${tenant} for update`.execute(db)
  return findClockEvents(db, tenant)
}

/** What was last said of the clock, newest first. */
export async function findClockEvents(db: Db, tenant: number): Promise<(ClockEvent & { n: number })[]> {
  await widen(db, { tenant, areas: '*', orgs: [], clearance: 3 })
  const { rows } = await sql<{ kind: ClockEvent['kind']; at: Date; data: ClockEvent['data']; n: number }>`select kind, at, data,
    subject_seq as n from journal.event where tenant = ${tenant} and context = 'clock' and subject = ${SUBJECT}
    order by subject_seq desc limit ${RECENT}`.execute(db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Says it as event `n` of the clock; a unique key refuses whoever comes second. */
export async function appendClockEvent(
  db: Db,
  tenant: number,
  o: { n: number; event: ClockEvent; by: { account: string; name: string } },
): Promise<void> {
  const { kind, at, data } = o.event
  await appendEvents(db, tenant, [
    { tenant, context: 'clock', subject: SUBJECT, subjectSeq: o.n, kind, at, by: o.by, data: { ...data } },
  ])
}
