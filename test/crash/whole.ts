import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningServer } from '../server.ts'
import { auditFromOutside, type Findings, verifyJournal } from './audit.ts'
import { auditFromInside } from './audit-sql.ts'
import { between } from './campaign.ts'
import { type Crowd, type Door, gather, lostSessions, openDoor } from './clients.ts'
import { Ledger } from './ledger.ts'
import { quantile } from './results.ts'
import type { Site } from './site.ts'

/** Ends one life of the product in some terrible way. */
export type Blow = (server: RunningServer, round: number) => Promise<void>

/** What a campaign against the whole product counted. */
export interface Figures extends Findings {
  database: string
  rounds: number
  acknowledged: number
  photos: number
  /** Writes whose answer never came, sent again with the same key. */
  retried: number
  unrecoverable: number
  /** Sessions that were answered 201 and are not known any more. */
  sessionsLost: number
  /** Refusals or errors while nothing was wrong with the product. */
  untimely: string[]
  readyMs: { median: number; p99: number }
}

export interface Torment {
  site: Site
  rounds: number
  blow: Blow
  /** Told after each round what was counted so far: a campaign of hours may be cut short itself. */
  tell?: (soFar: Figures) => void
}

/**
 * Clients work against the product, a blow ends it, it starts again, every open question is settled with its key, and what is
 * there is compared with what was acknowledged; `rounds` times. Stops early when something is lost or wrong.
 */
export async function tormentServer(o: Torment): Promise<Figures> {
  const ledger = new Ledger(join(o.site.outside, `witness-${Date.now()}.jsonl`))
  const crowd = gather(CLIENTS, ledger)
  const count = { ...NOTHING, wrong: [] as string[], untimely: [] as string[] }
  const ready: number[] = []
  let server = await o.site.start()
  const door = await openDoor(server)
  while (count.rounds < o.rounds && isWell(count)) {
    count.untimely.push(...(await strike({ ...o, server, door, crowd, round: count.rounds })))
    count.rounds++
    const began = performance.now()
    const next = await o.site.start().catch((e: Error) => e)
    if (next instanceof Error) {
      count.unrecoverable++
      count.wrong.push(`did not start: ${next.message}`)
      break
    }
    server = next
    ready.push(performance.now() - began)
    door.url = server.url
    count.sessionsLost += await lostSessions(door, server)
    add(count, await compare({ ...o, door, crowd, last: count.rounds === o.rounds }))
    o.tell?.(figuresOf(o.site, ledger, { ...count, ready }))
  }
  if (count.unrecoverable === 0) add(count, await lastLook(o.site, server, ledger))
  return figuresOf(o.site, ledger, { ...count, ready })
}

const CLIENTS = 6
const NOTHING = { rounds: 0, lost: 0, duplicated: 0, unrecoverable: 0, sessionsLost: 0 }

type Count = Pick<Figures, 'rounds' | 'lost' | 'duplicated' | 'wrong' | 'unrecoverable' | 'sessionsLost' | 'untimely'>

function figuresOf(site: Site, ledger: Ledger, { ready, ...count }: Count & { ready: number[] }): Figures {
  const photos = [...ledger.cases.values()].reduce((n, c) => n + c.photos.length, 0)
  const readyMs = { median: quantile(ready, 0.5), p99: quantile(ready, 0.99) }
  return { database: site.kind, acknowledged: ledger.acknowledged, photos, retried: ledger.retried, ...count, readyMs }
}

export const isWell = (f: Findings) => f.lost === 0 && f.duplicated === 0 && f.wrong.length === 0

export function add(to: Findings, more: Findings): void {
  to.lost += more.lost
  to.duplicated += more.duplicated
  to.wrong.push(...more.wrong)
}

interface Strike {
  site: Site
  blow: Blow
  server: RunningServer
  door: Door
  crowd: Crowd
  round: number
}

// A blow before anything was acknowledged would prove nothing.
async function strike({ site, blow, server, door, crowd, round }: Strike): Promise<string[]> {
  const { ledger } = crowd
  const [before, failed] = [ledger.acknowledged, ledger.failures.length]
  const work = crowd.work(door)
  for (let tries = 0; ledger.acknowledged - before < 12; tries++) {
    if (tries === 3000) throw new Error(`nothing is acknowledged: ${JSON.stringify(ledger.failures.slice(-3))} ${server.said()}`)
    await sleep(10)
  }
  if (round % 3 === 1) await grown(site.checkpointFile)
  await sleep(between(0, 1200))
  const struck = Date.now()
  await blow(server, round)
  await work
  return ledger.failures
    .slice(failed)
    .filter((f) => f.ended < struck)
    .map((f) => f.what)
}

// What stands in a checkpoint outside must not be lost either: a third of the blows come soon after one.
async function grown(file: string): Promise<void> {
  const size = () => (existsSync(file) ? statSync(file).size : 0)
  const before = size()
  for (let tries = 0; size() === before; tries++) {
    if (tries === 1500) throw new Error('no checkpoint is written')
    await sleep(10)
  }
}

interface Compare {
  site: Site
  door: Door
  crowd: Crowd
  last: boolean
}

// Every case is opened after the last round; between, those that were touched lately and the oldest, whose pages may be hurt too.
async function compare({ site, door, crowd, last }: Compare): Promise<Findings> {
  const wrong = await crowd.settle(door)
  const all = [...crowd.ledger.cases.values()]
  const known = last ? all : new Set([...all.slice(0, 10), ...all.slice(-40)])
  const findings = await auditFromOutside(door, crowd.ledger, { blobs: site.blobs, known })
  findings.wrong.push(...wrong, ...(await verifyJournal(site.dataDir, site.checkpointFile)))
  return findings
}

// The product stops in order first: the embedded engine takes one owner at a time.
async function lastLook(site: Site, server: RunningServer, ledger: Ledger): Promise<Findings> {
  const code = await server.stop()
  const wrong = code === 0 ? [] : [`the last stop ended with ${code}: ${server.said()}`]
  return { lost: 0, duplicated: 0, wrong: [...wrong, ...(await site.ask((db) => auditFromInside(db, ledger, site)))] }
}
