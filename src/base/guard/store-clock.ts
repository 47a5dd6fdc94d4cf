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

/** When the newest event was written, if there is one: a wall clock earlier than that is wrong, or was. */
export async function findNewestTime(db: Db, tenant: number): Promise<Date | undefined> {
  await widen(db, { tenant, areas: '*', orgs: [], clearance: 3 })
  const { rows } = await sql<{
    at: Date
  }>`select at from journal.event where tenant = ${tenant} order by seq desc limit 1`.execute(db)
  return rows[0]?.at
}

/** What was last said of the clock. */
export async function findClockEvent(db: Db, tenant: number): Promise<(ClockEvent & { n: number }) | undefined> {
  await widen(db, { tenant, areas: '*', orgs: [], clearance: 3 })
  const { rows } = await sql<{ kind: ClockEvent['kind']; at: Date; data: ClockEvent['data']; n: number }>`select kind, at, data,
    subject_seq as n from journal.event where tenant = ${tenant} and context = 'clock' and subject = ${SUBJECT}
    order by subject_seq desc limit 1`.execute(db)
  return rows[0] && { ...rows[0], at: rows[0].at.toISOString() }
}

/** Says it after event `n` of the clock; a unique key refuses whoever comes second. */
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
