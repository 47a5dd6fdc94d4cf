import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningServer } from '../server.ts'
import { auditFromOutside, verifyJournal } from './audit.ts'
import { auditFromInside } from './audit-sql.ts'
import { between } from './campaign.ts'
import type { Crowd, Door } from './clients.ts'
import type { Failure } from './ledger.ts'
import { quantile } from './results.ts'
import type { Site } from './site.ts'
import { add } from './whole.ts'

/** What happens to the product while it works: it resolves when the fault is over, with when it began. */
export type Fault = (round: number) => Promise<{ began: number }>

/** What a campaign counted in which the product lives through every fault. */
export interface Survived {
  rounds: number
  acknowledged: number
  photos: number
  /** Writes that were not answered with 2xx and sent again with their key. */
  refused: number
  lost: number
  duplicated: number
  wrong: string[]
  /** Refusals while there was no fault, and answers that called a fault a bug. */
  untimely: string[]
  /** From the end of a fault until `/readyz` is 200 and a write is acknowledged. */
  healMs: { median: number; most: number }
}

interface Fire {
  site: Site
  server: RunningServer
  door: Door
  crowd: Crowd
  rounds: number
  fault: Fault
  /** How long the product may take to heal; while it does, it may refuse. */
  healMs: number
  /** What else has to come true before the product is stopped; says what did not. */
  lastly?: () => Promise<string[]>
}

/** Clients that never give up work while one fault after the other strikes; then everything is compared. The product is stopped at the end. */
export async function underFire(o: Fire): Promise<Survived> {
  const { crowd, door, server } = o
  const { ledger } = crowd
  const stop = new AbortController()
  const work = crowd.work(door, { signal: stop.signal, patient: true })
  const windows: { from: number; to: number }[] = []
  const heals: number[] = []
  try {
    for (let round = 0; round < o.rounds; round++) {
      await progress(o, 6)
      await sleep(between(0, 400))
      const { began } = await o.fault(round)
      const over = Date.now()
      await healed(o)
      heals.push(Date.now() - over)
      windows.push({ from: began, to: over + o.healMs })
    }
    await progress(o, 6)
  } finally {
    stop.abort()
    await work
  }
  const findings = { lost: 0, duplicated: 0, wrong: await crowd.settle(door) }
  const all = [...ledger.cases.values()]
  add(findings, await auditFromOutside(door, ledger, { blobs: o.site.blobs, known: all }))
  findings.wrong.push(...(await verifyJournal(o.site.dataDir, o.site.checkpointFile)), ...((await o.lastly?.()) ?? []))
  if ((await server.stop()) !== 0) findings.wrong.push(`the product did not stop in order: ${server.said()}`)
  findings.wrong.push(...(await o.site.ask((db) => auditFromInside(db, ledger, o.site))))
  return {
    ...{ rounds: o.rounds, acknowledged: ledger.acknowledged, photos: all.reduce((n, c) => n + c.photos.length, 0) },
    ...{ refused: ledger.failures.length, ...findings, untimely: untimely(ledger.failures, windows) },
    healMs: { median: quantile(heals, 0.5), most: quantile(heals, 1) },
  }
}

/** Waits for more acknowledgements; a product that has stopped giving any is a failure of its own. */
async function progress({ crowd: { ledger }, server }: Fire, n: number): Promise<void> {
  const before = ledger.acknowledged
  for (let tries = 0; ledger.acknowledged < before + n; tries++) {
    if (tries === 6000 || server.child.exitCode !== null)
      throw new Error(`no progress: ${JSON.stringify(ledger.failures.slice(-3))} exit ${server.child.exitCode} ${server.said()}`)
    await sleep(10)
  }
}

async function healed(o: Fire): Promise<void> {
  while ((await statusOf(o.server, '/readyz')) !== 200) await sleep(20)
  await progress(o, 1)
}

/** The status of a page of the product itself, past any proxy; 0 when it does not answer. */
export async function statusOf(server: { url: string }, path: string): Promise<number> {
  const answer = await fetch(`${server.url}${path}`, { signal: AbortSignal.timeout(15_000) }).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.status ?? 0
}

function untimely(failures: Failure[], windows: { from: number; to: number }[]): string[] {
  const excused = (f: Failure) => windows.some((w) => f.ended >= w.from && f.sent <= w.to)
  return failures.filter((f) => !excused(f) || !/ (0|503) /.test(f.what)).map((f) => f.what)
}
