import { randomUUID } from 'node:crypto'
import type { Db } from '../../base/db.ts'
import { appendEvents } from '../../base/journal/store.ts'
import { baseProblem } from '../../base/problem.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import { byOf } from '../../people/rules/actor.ts'
import type { StaffCtx } from '../ctx.ts'
import { problem } from '../problems.ts'
import { boundOrgs, canSee } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import type { State } from '../rules/codes.ts'
import { given } from '../rules/given.ts'
import { type Decision, type Meeting, type MeetingItem, READY } from './rules/meeting.ts'
import * as store from './store-meetings.ts'

/** What the office writes of a meeting; the agenda in its order. */
export type MeetingWords = {
  heldOn: Day
  place: string
  chair: string
  attendees: string[]
  minutes: string
  items: { case: string; decision?: Decision | undefined; words?: string | undefined }[]
}

/** The latest meetings. */
export async function findMeetings(ctx: StaffCtx) {
  return ctx.tx(async (db) => ({
    items: (await store.listMeetings(db, { limit: 200 })).map(({ minutes: _, closedBy: __, attendees: ___, closedAt, ...m }) => ({
      ...m,
      ...given({ closedAt: closedAt ?? undefined }),
    })),
  }))
}

/** A meeting with the agenda in view. */
export async function showMeeting(ctx: StaffCtx, id: string): Promise<Meeting> {
  return ctx.tx(async (db) => described(ctx, db, await getMeeting(db, id)))
}

export async function addMeeting(ctx: StaffCtx, words: MeetingWords): Promise<Meeting> {
  return ctx.tx(async (db) => {
    const id = randomUUID()
    const { items, ...facts } = words
    await store.insertMeeting(db, { ...facts, id, size: items.length })
    await store.replaceItems(db, id, await agendaOf(ctx, db, { items, held: [] }))
    return described(ctx, db, await getMeeting(db, id))
  })
}

/** The facts and the whole agenda anew; who does not see all of it would lose what is hidden, and is refused. */
export async function changeMeeting(ctx: StaffCtx, id: string, o: { words: MeetingWords; version: number }): Promise<Meeting> {
  return ctx.tx(async (db) => {
    const held = await openAgenda(ctx, db, { id, version: o.version })
    const { items, ...facts } = o.words
    const changed = await store.updateMeeting(db, { ...facts, id, version: o.version, size: items.length })
    if (!changed) throw baseProblem('version-changed', { found: o.version, expected: o.version + 1 })
    await store.replaceItems(db, id, await agendaOf(ctx, db, { items, held }))
    return described(ctx, db, await getMeeting(db, id))
  })
}

/** The minutes are closed: every case has its decision, nothing changes any more, and the journal has it all. */
export async function closeMinutes(ctx: StaffCtx, id: string, version: number): Promise<Meeting> {
  return ctx.tx(async (db) => {
    const items = await openAgenda(ctx, db, { id, version })
    const open = items.filter((item) => !item.decision).length
    if (open > 0) throw problem('meeting-undecided', { found: open })
    const by = byOf(
      ctx.actor,
      ctx.actor.holdings.find(({ role }) => role === 'office'),
    )
    const at = ctx.now.toISOString() as Instant
    if (!(await store.closeMeeting(db, { id, version, at, by })))
      throw baseProblem('version-changed', { found: version, expected: version + 1 })
    const meeting = await getMeeting(db, id)
    await appendEvents(db, ctx.actor.tenant, [
      {
        ...{ tenant: ctx.actor.tenant, context: 'meetings', subject: id, subjectSeq: 1, kind: 'minutes_closed', at, by },
        data: minutesData(meeting, items),
      },
    ])
    return described(ctx, db, meeting)
  })
}

/** What the journal keeps of closed minutes. */
export function minutesData({ heldOn, place, chair, attendees, minutes, size }: store.MeetingRow, items: store.ItemRow[]) {
  const agenda = items.map(({ case: id, place, state, decision, words }) => ({
    ...{ case: id, place, state },
    ...given({ decision: decision ?? undefined, words: words ?? undefined }),
  }))
  return { heldOn, place, chair, attendees, minutes, size, items: agenda }
}

async function getMeeting(db: Db, id: string): Promise<store.MeetingRow> {
  const found = await store.findMeeting(db, id)
  if (!found) throw problem('no-such-meeting')
  return found
}

// The agenda of a meeting that still takes changes, all of it in view of who asks.
async function openAgenda(ctx: StaffCtx, db: Db, o: { id: string; version: number }): Promise<store.ItemRow[]> {
  const meeting = await getMeeting(db, o.id)
  if (meeting.closedAt) throw problem('meeting-closed', { on: meeting.closedAt.slice(0, 10) })
  if (meeting.version !== o.version) throw baseProblem('version-changed', { found: o.version, expected: meeting.version })
  const items = await seenItems(ctx, db, o.id)
  const hidden = meeting.size - items.length
  if (hidden > 0) throw problem('meeting-hidden', { found: hidden })
  return items.map(({ row }) => row)
}

type Seen = { row: store.ItemRow; c: Case }

async function seenItems(ctx: StaffCtx, db: Db, id: string): Promise<Seen[]> {
  const rows = await store.itemsOf(db, id)
  const cases = await store.casesIn(
    db,
    rows.map((row) => row.case),
  )
  return rows.flatMap((row) => {
    const c = cases.get(row.case)
    return c && maySee(ctx, c) ? [{ row, c }] : []
  })
}

const maySee = (ctx: StaffCtx, c: Case) => !ctx.policy || canSee(ctx.actor, c)

// A case that is put on the agenda now must be ready; one that stood there keeps the state it had then.
async function agendaOf(
  ctx: StaffCtx,
  db: Db,
  { items, held }: { items: MeetingWords['items']; held: store.ItemRow[] },
): Promise<store.ItemRow[]> {
  const cases = await store.casesIn(
    db,
    items.map((item) => item.case),
  )
  return items.map((item, place) => {
    const c = cases.get(item.case)
    if (!c || !maySee(ctx, c)) throw problem('no-such-case')
    const before = held.find((row) => row.case === item.case)
    if (!before && !READY.includes(c.state)) throw problem('meeting-not-ready', { no: c.no })
    return { ...item, place, state: before?.state ?? c.state }
  })
}

async function described(ctx: StaffCtx, db: Db, m: store.MeetingRow): Promise<Meeting> {
  const seen = await seenItems(ctx, db, m.id)
  const hidden = m.size - seen.length
  const { id, version, heldOn, place, chair, attendees } = m
  const closedBy = m.closedBy && given({ name: m.closedBy.name, title: m.closedBy.title, orgName: m.closedBy.orgName })
  return {
    ...{ id, version, heldOn, place, chair, attendees, hidden, items: seen.map(itemOf) },
    ...given({ minutes: hidden === 0 ? m.minutes : undefined, closedAt: m.closedAt ?? undefined }),
    ...(closedBy && { closedBy: closedBy as NonNullable<Meeting['closedBy']> }),
  }
}

function itemOf({ row, c }: Seen): MeetingItem {
  const answering = boundOrgs(c, 'responsible')
  return {
    ...{ case: c.id, no: c.no, title: c.title, region: c.place.region, version: c.version },
    responsible: c.duties
      .flatMap((duty) => (answering.includes(duty.org) && duty.as === 'responsible' ? [duty.orgName] : []))
      .join('、'),
    ...{ state: row.state as State, now: c.state },
    ...given({ decision: row.decision ?? undefined, words: row.words ?? undefined }),
  }
}
