import { type Database, isInsideTransaction } from '../db.ts'
import type { Log } from '../log.ts'
import { look as lookAtMachine, recall, remember } from './clock-memory.ts'
import { accept, begin, type ClockState, evolve, type Look, TOLERANCE_MS, timeOf } from './rules/clock-doubt.ts'
import { appendClockEvent, type ClockEvent, findClockEvents, findNewestTime, lockClockEvents } from './store-clock.ts'

/** The product's clock. It does not jump when the wall clock does: it runs on, raises an alarm, and waits. */
export interface WatchedClock {
  now(): Date
  /** Milliseconds that the wall clock is off what is believed; undefined while it is believed. */
  doubt(): number | undefined
  /** How many times this process came to doubt it. */
  doubts(): number
  /** An operator confirms the wall clock: its time holds from now on. False when nothing was in doubt. */
  accept(by: Person): Promise<boolean>
  stop(): Promise<void>
}

export interface ClockOptions {
  database: Database
  tenant: number
  /** Where the last known time is kept. */
  dir: string
  log: Log
  /** Both clocks; a test sets them by hand. */
  look?: () => Look
  everyMs?: number
}

interface Person {
  account: string
  name: string
}

const SYSTEM: Person = { account: 'system', name: '系统' }
const REMEMBER_MS = 60_000

/** Compares the wall clock with the last known time, and from then on with the steady clock, every second and at each use. */
export async function watchClock(o: ClockOptions): Promise<WatchedClock> {
  const look = o.look ?? lookAtMachine
  const journal = clockJournal(o, look)
  const newest = await o.database.begin(o.tenant, (db) => findNewestTime(db, o.tenant))
  const first = look()
  let state = begin(first, [...recall(o.dir), ...(newest ? [{ wall: newest.getTime() }] : [])])
  let keptAt = Number.NEGATIVE_INFINITY
  let doubts = 0
  const keep = () => {
    const at = look()
    keptAt = at.steady
    remember(o.dir, { wall: timeOf(state, at), steady: at.steady, open: state.doubt?.open ?? false })
  }
  const turn = (next: ClockState, kind: ClockEvent['kind']): ClockEvent => {
    const data = { bySeconds: Math.round(((next.doubt ?? state.doubt)?.byMs ?? 0) / 1000) }
    state = next
    if (kind === 'jumped') doubts++
    keep()
    o.log[kind === 'jumped' ? 'error' : 'warn'](data, SAID[kind])
    return { kind, at: new Date(timeOf(state, look())).toISOString(), data }
  }
  const now = () => {
    const at = look()
    const next = evolve(state, at)
    if (next.turn) journal.add(turn(next.state, next.turn), SYSTEM)
    else state = next.state
    return timeOf(state, at)
  }
  const tick = async () => {
    now()
    if (look().steady - keptAt >= REMEMBER_MS) keep()
    await journal.write()
    if (state.doubt && (await journal.isAccepted()) && state.doubt) turn(accept(look()), 'accepted') // whoever heard the operator wrote it
  }
  if (state.doubt) journal.add(turn(state, 'jumped'), SYSTEM)
  else keep()
  const timer = setInterval(() => void tick(), o.everyMs ?? 1000).unref()
  return {
    now: () => new Date(now()),
    doubt: () => {
      const time = now()
      return state.doubt && look().wall - time
    },
    doubts: () => doubts,
    async accept(by) {
      now()
      if (!state.doubt) return false
      journal.add(turn(accept(look()), 'accepted'), by)
      if (!(await journal.write()))
        throw new Error('时钟已确认，数据库恢复后记入日志 / confirmed; the journal will say so when the database answers')
      return true
    },
    async stop() {
      clearInterval(timer)
      await journal.write()
      keep()
    },
  }
}

const SAID: Record<ClockEvent['kind'], string> = {
  jumped: '时钟跳变，按日历运行的作业暂停 / the wall clock jumped: what runs by the calendar waits (qinba clock accept)',
  righted: '时钟已复原 / the wall clock is right again',
  accepted: '时钟已由人员确认 / the wall clock was confirmed',
}

interface ClockJournal {
  /** Inside a transaction it is only noted, for the next look. */
  add(event: ClockEvent, by: Person): void
  /** Writes what was noted, in order; false when the database cannot take it now, and then it is tried again. */
  write(): Promise<boolean>
  /** Whether another process (a server beside this worker) heard an operator confirm the time that this one sees too. */
  isAccepted(): Promise<boolean>
}

function clockJournal({ database, tenant, log }: ClockOptions, look: () => Look): ClockJournal {
  const waiting: { event: ClockEvent; by: Person }[] = []
  let last: Promise<boolean> = Promise.resolve(true)
  const inOrder = async () => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const { event, by } = next
      await database.begin(tenant, async (db) => {
        const said = await lockClockEvents(db, tenant)
        if (isNews(event, said)) await appendClockEvent(db, tenant, { n: (said[0]?.n ?? 0) + 1, event, by })
      })
      waiting.shift()
    }
    await database.barrier()
    return true
  }
  const failed = (err: unknown) => {
    log.warn({ err }, 'clock: not journalled yet')
    return false
  }
  const write = () => {
    if (waiting.length === 0) return last
    last = last.then(inOrder).catch(failed)
    return last
  }
  return {
    add(event, by) {
      waiting.push({ event, by })
      // At once where that may be, or a worker's next alarm would stand before our last relief.
      if (!isInsideTransaction()) void write()
    },
    write,
    async isAccepted() {
      const [said] = await database.begin(tenant, (db) => findClockEvents(db, tenant)).catch(() => [])
      return said?.kind === 'accepted' && isNear(look().wall, Date.parse(said.at))
    },
  }
}

// Processes see the same jump in their own second and may write late, when another has told of the next: a jump that was told within a
// minute is told, and its end is news only while it stands. An operator is always heard.
function isNews(event: ClockEvent, said: readonly ClockEvent[]): boolean {
  if (event.kind === 'accepted') return true
  const isSame = (e: ClockEvent) => e.kind === 'jumped' && isNear(e.data.bySeconds * 1000, event.data.bySeconds * 1000)
  const ended = said.findIndex((e) => e.kind !== 'jumped')
  const stands = (ended < 0 ? said : said.slice(0, ended)).some(isSame)
  if (event.kind === 'righted') return stands
  return !stands && !said.some((e) => isSame(e) && isNear(Date.parse(e.at), Date.parse(event.at)))
}

const isNear = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE_MS
