import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import type { By } from '../../people/index.ts'
import type { Case } from '../rules/case.ts'
import type { Decision } from './rules/meeting.ts'

/** A meeting without its agenda; `size` counts every case of it, whoever asks. */
export interface MeetingRow {
  id: string
  version: number
  heldOn: Day
  place: string
  chair: string
  attendees: string[]
  minutes: string
  size: number
  closedAt: Instant | null
  closedBy: By | null
}

/** One case of an agenda, as it is kept. */
export interface ItemRow {
  case: string
  place: number
  state: string
  decision?: Decision | undefined
  words?: string | undefined
}

const COLUMNS = sql`id, version, held_on::text as "heldOn", place, chair, attendees, minutes, size, closed_by as "closedBy",
  to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt"`

/** Meetings, the latest first. */
export async function listMeetings(db: Db, o: { limit: number }): Promise<MeetingRow[]> {
  const { rows } = await sql<MeetingRow>`select ${COLUMNS} from cases.meeting where tenant = base.tenant()
    order by held_on desc, id desc limit ${o.limit}`.execute(db)
  return rows
}

export async function findMeeting(db: Db, id: string): Promise<MeetingRow | undefined> {
  const { rows } =
    await sql<MeetingRow>`select ${COLUMNS} from cases.meeting where tenant = base.tenant() and id = ${id}`.execute(db)
  return rows[0]
}

/** Every closed meeting by id, for the proof of the journal. */
export async function closedMeetings(db: Db, o: { after?: string | undefined; limit: number }): Promise<MeetingRow[]> {
  const { rows } =
    await sql<MeetingRow>`select ${COLUMNS} from cases.meeting where tenant = base.tenant() and closed_at is not null
    and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid) order by id limit ${o.limit}`.execute(db)
  return rows
}

/** The agenda as it is kept, in its order: of the cases in view. */
export async function itemsOf(db: Db, meeting: string): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select case_id as "case", place, state, decision, words from cases.meeting_item
    where tenant = base.tenant() and meeting = ${meeting} order by place, case_id`.execute(db)
  return rows
}

/** The cases of an agenda, of those in view. */
export async function casesIn(db: Db, ids: string[]): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; doc: Case }>`select id, doc from cases.problem
    where tenant = base.tenant() and id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, doc }) => [id, doc]))
}

export async function insertMeeting(db: Db, m: Omit<MeetingRow, 'version' | 'closedAt' | 'closedBy'>): Promise<void> {
  await sql`insert into cases.meeting (tenant, id, version, held_on, place, chair, attendees, minutes, size)
    values (base.tenant(), ${m.id}, 1, ${m.heldOn}, ${m.place}, ${m.chair}, ${m.attendees}, ${m.minutes}, ${m.size})`.execute(db)
}

/** Writes a meeting that was read at `version` and is still open; false when it is another by now. */
export async function updateMeeting(db: Db, m: Omit<MeetingRow, 'closedAt' | 'closedBy'>): Promise<boolean> {
  const done =
    await sql`update cases.meeting set version = version + 1, held_on = ${m.heldOn}, place = ${m.place}, chair = ${m.chair},
      attendees = ${m.attendees}, minutes = ${m.minutes}, size = ${m.size}
    where tenant = base.tenant() and id = ${m.id} and version = ${m.version} and closed_at is null`.execute(db)
  return done.numAffectedRows === 1n
}

/** The agenda anew, in the order given. */
export async function replaceItems(db: Db, meeting: string, items: ItemRow[]): Promise<void> {
  await sql`delete from cases.meeting_item where tenant = base.tenant() and meeting = ${meeting}`.execute(db)
  await sql`insert into cases.meeting_item (tenant, meeting, case_id, place, state, decision, words)
    select base.tenant(), ${meeting}, i."case", i.place, i.state, i.decision, i.words
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i ("case" uuid, place int, state text, decision text, words text)`.execute(
    db,
  )
}

/** From here on nothing of it changes. */
export async function closeMeeting(db: Db, o: { id: string; version: number; at: Instant; by: By }): Promise<boolean> {
  const done =
    await sql`update cases.meeting set version = version + 1, closed_at = ${o.at}, closed_by = ${JSON.stringify(o.by)}::jsonb
    where tenant = base.tenant() and id = ${o.id} and version = ${o.version} and closed_at is null`.execute(db)
  return done.numAffectedRows === 1n
}
