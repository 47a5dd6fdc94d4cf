import { type ChildProcess, spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../src/base/config.ts'
import { widen } from '../../src/base/db.ts'
import { allEvents } from '../../src/base/journal/store.ts'
import { openHouse } from '../../src/house.ts'
import { REPORT } from '../walk.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Debian's libfaketime, which turns the wall clock of a process and leaves its steady clock alone. */
export const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'

/** A wall clock that is set while the product runs; the real one stays as it is. */
export interface FakeClock {
  env: Record<string, string>
  /** Sets it to a time, or right again. */
  set(to?: Date): void
}

/** A clock in a file of its own: whoever is started with `env` goes by it, the embedded engine too. */
export function fakeClock(folder: string): FakeClock {
  const file = join(folder, 'faketime')
  const set = (to?: Date) => {
    const seconds = to ? Math.round((to.getTime() - Date.now()) / 1000) : 0
    writeFileSync(`${file}.tmp`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
    renameSync(`${file}.tmp`, file) // never half a file
  }
  set()
  const env = { LD_PRELOAD: FAKETIME, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }
  return { set, env }
}

export interface Place {
  url: string
  headers: Record<string, string>
}

async function send(at: Place, path: string, body: object, version?: number): Promise<{ id: string; version: number }> {
  const answer = await fetch(`${at.url}${path}`, {
    method: 'POST',
    headers: {
      ...at.headers,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string; version: number }
}

/** A case whose clock runs: reported, triaged, handed over to be rectified within so many days from now. */
export async function assignedCase(at: Place, days: number): Promise<string> {
  const { items } = await get<{ items: { id: string; name: string }[] }>(at, '/api/organisations')
  const org = (name: string) => items.find((o) => o.name === name)!.id
  const c = await send(at, '/api/cases', { ...REPORT, title: `弃渣 ${crypto.randomUUID()}` })
  const move = (act: object, version: number) => send(at, `/api/cases/${c.id}/moves`, act, version)
  const triage = { category: 'W4', pollution: ['waste'], thing: 'place', severity: 'serious', qinling: 'general' }
  const triaged = await move({ move: 'triage', ...triage }, c.version)
  const due = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000)
  const duties = [
    { org: org('汉台区住房和城乡建设局'), as: 'responsible' },
    { org: org('汉中市水利局'), as: 'supporting' },
    { org: org('汉中市住房和城乡建设局'), as: 'acceptance' },
  ]
  const words = `${due.getUTCFullYear()}年${due.getUTCMonth() + 1}月${due.getUTCDate()}日前`
  await move({ move: 'assign', duties, leader: { name: '示例·分管副市长', title: '副市长' }, term: { words } }, triaged.version)
  return c.id
}

export async function report(at: Place): Promise<string> {
  return (await send(at, '/api/cases', { ...REPORT, title: `弃渣 ${crypto.randomUUID()}` })).id
}

export async function get<T>(at: Place, path: string): Promise<T> {
  const answer = await fetch(`${at.url}${path}`, { headers: at.headers })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

export interface Readiness {
  concerns: { code: string; params: { seconds?: number } }[]
}

export const jumpOf = async (at: Place): Promise<number | undefined> =>
  (await get<Readiness>(at, '/readyz')).concerns.find((c) => c.code === 'clock-jumped')?.params.seconds

/** Milliseconds until the product says that the clock is in doubt, or no longer. */
export async function untilDoubt(at: Place, is: boolean, ms = 60_000): Promise<number> {
  const began = performance.now()
  for (; performance.now() - began < ms; await sleep(50))
    if (((await jumpOf(at)) !== undefined) === is) return performance.now() - began
  throw new Error(`${is ? 'no alarm' : 'still an alarm'} after ${ms} ms`)
}

/** A command as a user types it beside the running server: its exit code and what it said. */
export function command(env: Record<string, string>, ...words: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...words], { env: { ...process.env, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text))
  return new Promise((done) => child.once('exit', (code) => done({ code, said })))
}

/** A process that works jobs beside the server. */
export interface Worker {
  child: ChildProcess
  said(): string
}

/** Starts a worker and waits until it is ready. */
export async function startWorker(env: Record<string, string>): Promise<Worker> {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'worker'], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text))
  for (let tries = 0; !said.includes('ready in'); tries++) {
    if (tries === 600 || child.exitCode !== null) throw new Error(`the worker is not ready: ${said}`)
    await sleep(100)
  }
  return { child, said: () => said }
}

export interface Told {
  /** Of the clock: kind and by how much, in order. */
  clock: { kind: string; bySeconds: number }[]
  /** When the earliest event says that it was. */
  from: Date
  /** Events that say they were later than the next. */
  early: string[]
  /** The months that were frozen. */
  months: string[]
}

/** What the journal says; the product must be stopped, and the clock right. */
export async function readJournal(env: Record<string, string>): Promise<Told> {
  const house = await openHouse(readConfig({ ...env, LOG_LEVEL: 'silent' }, ROOT))
  const told: Told = { clock: [], from: new Date(8e15), early: [], months: [] }
  let before = 0
  try {
    await house.database.begin(house.tenant, async (db) => {
      await widen(db, { tenant: house.tenant, areas: '*', orgs: [], clearance: 3 })
      for await (const e of allEvents(db, house.tenant)) {
        if (e.context === 'clock') told.clock.push({ kind: e.kind, bySeconds: (e.data as { bySeconds: number }).bySeconds })
        if (e.context === 'colours') told.months.push((e.data as { month: string }).month)
        const at = new Date(e.at)
        if (at < told.from) told.from = at
        const isConfirmed = e.context === 'clock' && e.kind === 'accepted'
        if (at.getTime() < before - 1000 && !isConfirmed) told.early.push(`${e.seq} ${e.context} ${e.kind} ${e.at}`)
        before = at.getTime()
      }
    })
  } finally {
    await house.close()
  }
  return told
}
