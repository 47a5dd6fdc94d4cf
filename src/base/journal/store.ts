import { sql } from 'kysely'
import type { HashName } from '../crypto/algorithms.ts'
import type { Db } from '../db.ts'
import { type Entry, leafOf } from './entry.ts'
import { append, decodeFrontier, emptyFrontier, encodeFrontier, type Frontier } from './merkle.ts'

/** What a context says happened; the journal gives it its place. */
export type Happening = Omit<Entry, 'seq'>

/** An event as it is stored, with the leaf hash that was computed when it was written. */
export type Stored = Entry & { leaf: Buffer }

/**
 * Appends events in the transaction of their state. The head row is locked until commit, so call this last:
 * the sequence of a tenant is gap-free and its Merkle frontier moves with it.
 */
export async function appendEvents(db: Db, tenant: number, happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return
  let frontier = await lockHead(db, tenant)
  const rows = happenings.map((happening) => {
    const entry: Entry = { ...happening, seq: frontier.size + 1 }
    const leaf = leafOf(frontier.hash, entry)
    frontier = append(frontier, leaf)
    return { ...entry, leaf }
  })
  await insert(db, rows)
  await sql`update journal.head set size = ${frontier.size}, frontier = ${encodeFrontier(frontier)} where tenant = ${tenant}`.execute(
    db,
  )
}

/**
 * Begins the tenant's journal with a hash, for its whole life; where it has begun, nothing happens. Gives what the journal is hashed
 * with, which need not be what was asked for.
 */
export async function beginJournal(db: Db, tenant: number, hash: HashName): Promise<HashName> {
  await sql`insert into journal.head (tenant, size, frontier, hash)
    values (${tenant}, 0, ${encodeFrontier(emptyFrontier(hash))}, ${hash}) on conflict do nothing`.execute(db)
  return (await readHead(db, tenant)).hash
}

/** The tree's frontier as it stands; Error when the journal was never begun. */
export async function readHead(db: Db, tenant: number): Promise<Frontier> {
  const { rows } = await sql<Head>`select size, frontier, hash from journal.head where tenant = ${tenant}`.execute(db)
  const frontier = frontierOf(rows[0], tenant)
  if (frontier.size !== Number(rows[0]!.size))
    throw new Error(`journal.head says ${rows[0]!.size} events, its frontier ${frontier.size}`)
  return frontier
}

/** The events of one subject, oldest first; row-level security shows them only with the subject itself. */
export async function eventsOf(db: Db, tenant: number, subject: { context: string; id: string }): Promise<Stored[]> {
  const { rows } = await sql<Row>`select * from journal.event where tenant = ${tenant} and context = ${subject.context}
    and subject = ${subject.id} order by subject_seq`.execute(db)
  return rows.map(toEntry)
}

/** The events of several subjects that happened before a moment, subject by subject, oldest first. */
export async function eventsBefore(
  db: Db,
  tenant: number,
  o: { context: string; ids: string[]; before: string },
): Promise<Stored[]> {
  const { rows } = await sql<Row>`select * from journal.event where tenant = ${tenant} and context = ${o.context}
    and subject = any (${o.ids}::uuid[]) and at < ${o.before}::timestamptz order by subject, subject_seq`.execute(db)
  return rows.map(toEntry)
}

/** The events after a place in the journal, in order; what happened before them is committed, as the numbers have no gap. */
export async function eventsAfter(db: Db, tenant: number, o: { seq: number; limit: number }): Promise<Stored[]> {
  const { rows } = await sql<Row>`select * from journal.event where tenant = ${tenant} and seq > ${o.seq}
    order by seq limit ${o.limit}`.execute(db)
  return rows.map(toEntry)
}

/** The contexts that the journal speaks of, and the subjects of one. */
export async function contextsOf(db: Db, tenant: number): Promise<string[]> {
  const { rows } = await sql<{ context: string }>`select distinct context from journal.event where tenant = ${tenant}`.execute(db)
  return rows.map((r) => r.context)
}

export async function subjectsOf(db: Db, tenant: number, context: string): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`select subject from journal.event
    where tenant = ${tenant} and context = ${context} and subject_seq = 1`.execute(db)
  return rows.map((r) => r.subject)
}

const PAGE = 2000

/** Every event of a tenant in order, in pages: memory does not grow with the journal. */
export async function* allEvents(db: Db, tenant: number): AsyncGenerator<Stored> {
  for (let after = 0; ; ) {
    const page = await eventsAfter(db, tenant, { seq: after, limit: PAGE })
    yield* page
    if (page.length < PAGE) return
    after = page[page.length - 1]!.seq
  }
}

interface Row {
  tenant: number
  seq: string
  context: string
  subject: string
  subject_seq: number
  kind: string
  at: Date
  by: unknown
  data: unknown
  leaf: Buffer
}

function toEntry({ seq, subject_seq, at, ...same }: Row): Stored {
  return { ...same, seq: Number(seq), subjectSeq: subject_seq, at: at.toISOString() }
}

async function lockHead(db: Db, tenant: number): Promise<Frontier> {
  const { rows } = await sql<Head>`select size, frontier, hash from journal.head where tenant = ${tenant} for update`.execute(db)
  return frontierOf(rows[0], tenant)
}

interface Head {
  size: string
  frontier: Buffer
  hash: HashName
}

function frontierOf(head: Head | undefined, tenant: number): Frontier {
  if (!head) throw new Error(`the journal of ${tenant} was never begun`)
  return decodeFrontier(head.hash, head.frontier)
}

async function insert(db: Db, rows: Stored[]): Promise<void> {
  const values = rows.map((r) => ({
    seq: r.seq,
    context: r.context,
    subject: r.subject,
    subject_seq: r.subjectSeq,
    kind: r.kind,
    at: r.at,
    by: r.by,
    data: r.data,
    leaf: r.leaf.toString('hex'),
  }))
  // One statement and one parameter for any number of events.
  await sql`insert into journal.event (tenant, seq, context, subject, subject_seq, kind, at, by, data, leaf)
    select ${rows[0]!.tenant}, e.seq, e.context, e.subject, e.subject_seq, e.kind, e.at, e.by, e.data, decode(e.leaf, 'hex')
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as e (seq bigint, context text, subject uuid, subject_seq int, kind text, at timestamptz, by jsonb, data jsonb, leaf text)`.execute(
    db,
  )
}
