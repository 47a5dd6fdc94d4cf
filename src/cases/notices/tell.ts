import { randomUUID } from 'node:crypto'
import type { House } from '../../base/ctx.ts'
import { type Db, widen } from '../../base/db.ts'
import { followJournal } from '../../base/delivery/follow.ts'
import { type Outgoing, queueDeliveries } from '../../base/delivery/store.ts'
import type { Stored } from '../../base/journal/store.ts'
import { addDays, dayNumber, dayOf, daysBetween, type Instant } from '../../base/rules/day.ts'
import { type Actor, contactsOf, findActor, findToTell, insertNotices, type Notice } from '../../people/index.ts'
import { canSee, isBound } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import { MAY_LEAVE, type Move } from '../rules/codes.ts'
import type { EventType } from '../rules/event.ts'
import type { LawToday } from '../rules/paths.ts'
import { findCase } from '../store.ts'
import { isTurnOf } from '../work/rules/groups.ts'
import { DUTIES, type DutyMove, turnsOf } from '../work/rules/turns.ts'
import { isTold, kindOfDay, lineOf, type NoticeKind, type NoticeWords, noticeOf, TOLD_ROLES } from './rules/notices.ts'
import { findDue } from './store.ts'

/** Tells people what waits for them since the last look at the journal. */
export function tellOfEvents(house: House): Promise<number> {
  return followJournal(house, 'notices', async (db, events) => {
    const people = peopleOf(db, house)
    const all: Telling[] = []
    for (const event of lastOfEach(events.filter((e) => e.context === 'cases' && isTold(e.kind as EventType)))) {
      const found = await findCase(db, house.tenant, event.subject)
      if (found) all.push(...(await noticesOf(found.case, event, { house, people })))
    }
    await put(db, house, all)
  })
}

/** Tells those who answer for a case that its day comes near, is here, or went by yesterday. Runs once a day, and a second time does nothing. */
export async function tellOfDays(house: House): Promise<void> {
  await house.database.begin(house.tenant, async (db) => {
    await widen(db, { tenant: house.tenant, areas: '*', orgs: [], clearance: 3 })
    const today = todayOf(house)
    const people = peopleOf(db, house)
    const all: Telling[] = []
    for (const c of await findDue(db, house.tenant, [addDays(today, 3), today, addDays(today, -1)])) {
      const kind = kindOfDay(daysBetween(today, c.due!))
      if (!kind) continue
      for (const actor of await people(c))
        if (canSee(actor, c) && actor.holdings.some((h) => h.role === 'unit' && isBound('rectifier', h, c)))
          all.push(notice(c, actor, { seq: -dayNumber(today), kind, words: { no: c.no, due: c.due! } }))
    }
    await put(db, house, all)
  })
}

const todayOf = (house: House) => dayOf(house.clock().toISOString() as Instant)

async function noticesOf(c: Case, event: Stored, { house, people }: { house: House; people: (c: Case) => Promise<Actor[]> }) {
  const at = house.clock().toISOString() as Instant
  const author = (event.by as { account: string }).account
  return (await people(c)).flatMap((actor) => {
    const moves = waitingFor(c, actor, { today: dayOf(at), law: house.law() })
    const said = noticeOf(c, { type: event.kind as EventType, author }, { actor, moves })
    return said ? [notice(c, actor, { seq: event.seq, ...said })] : []
  })
}

// A report of progress is asked for on the work list; it is nobody's turn because of an event.
const waitingFor = (c: Case, actor: Actor, at: LawToday): Move[] =>
  turnsOf(c, at).flatMap((turn) =>
    isDuty(turn.turn) && turn.turn !== 'progress' && turn.since <= at.today && isTurnOf(actor, c, turn) ? [turn.turn] : [],
  )

const isDuty = (turn: string): turn is DutyMove => (DUTIES as readonly string[]).includes(turn)

/** What somebody is told, and whether a word of it may leave by mail or short message. */
type Telling = Notice & { leaves: boolean }

const notice = (c: Case, to: Actor, o: { seq: number; kind: NoticeKind; words: NoticeWords }): Telling => ({
  id: randomUUID(),
  account: to.account,
  context: 'cases',
  subject: c.id,
  leaves: c.secrecy <= MAY_LEAVE,
  ...o,
})

// Of several events of a case between two looks the last tells what waits now.
function lastOfEach(events: Stored[]): Stored[] {
  return [...new Map(events.map((e) => [e.subject, e])).values()]
}

/** Who may have a turn on a case; everybody is looked up once a page. */
function peopleOf(db: Db, house: House): (c: Case) => Promise<Actor[]> {
  const day = todayOf(house)
  const known = new Map<string, Actor | undefined>()
  return async ({ tenant, place, duties }) => {
    const areas = [String(tenant), place.region, place.town, place.village].filter((code): code is string => Boolean(code))
    const accounts = await findToTell(db, { roles: TOLD_ROLES, areas, orgs: duties.map((d) => d.org), day })
    for (const id of accounts) if (!known.has(id)) known.set(id, await findActor(db, id, day))
    return accounts.flatMap((id) => known.get(id) ?? [])
  }
}

// Into the inbox, and by mail and short message to those who asked for it.
async function put(db: Db, house: House, all: Telling[]): Promise<void> {
  const made = await insertNotices(db, all, house.clock())
  const contacts = await contactsOf(db, [...new Set(made.map((n) => n.account))])
  const outgoing = made
    .filter(({ leaves }) => leaves)
    .flatMap((n) =>
      contacts
        .filter((c) => c.account === n.account)
        .map(({ channel, address }): Outgoing => {
          const text = lineOf(n.kind as NoticeKind, n.words as NoticeWords)
          const subject = `【${house.settings.office}】${text}`
          const body = channel === 'mail' ? { to: address, subject, text: `${text}\n` } : { to: address, text: subject }
          return { id: randomUUID(), channel, target: n.account, seq: n.seq, subject: n.subject, body }
        }),
    )
  await queueDeliveries(db, outgoing, house.clock())
}
