import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { House } from '../ctx.ts'
import { loadOrMakeKey, signCheckpoint } from './checkpoint.ts'
import { appendCheckpoint } from './checkpoint-file.ts'
import { rootOf } from './merkle.ts'
import { readHead } from './store.ts'

/** Writes signed checkpoints to a place outside the data folder: every 10 events or 60 s, whichever comes first. */
export interface Keeper {
  /** Writes one now if there are events since the last; called at the end too. */
  checkpoint(): Promise<void>
  health(): KeeperHealth
  stop(): Promise<void>
}

/** How many checkpoints could not be written: since the start, and in a row until now. */
export interface KeeperHealth {
  failures: number
  failing: number
}

export interface KeeperOptions {
  keyDir: string
  checkpointDir: string
  origin: string
  everyEvents?: number
  everyMs?: number
}

/** The file that the checkpoints of a tenant are appended to. */
export const checkpointFile = (dir: string, tenant: number): string => join(dir, `${tenant}.jsonl`)

/** Starts looking at the head every five seconds. */
export async function keepCheckpoints(house: House, o: KeeperOptions): Promise<Keeper> {
  await mkdir(o.checkpointDir, { recursive: true, mode: 0o700 })
  const key = await loadOrMakeKey(o.keyDir)
  const last = { size: -1, at: Number.NEGATIVE_INFINITY }
  const health: KeeperHealth = { failures: 0, failing: 0 }
  const write = async (least: number) => {
    const head = await house.database.begin(house.tenant, (db) => readHead(db, house.tenant))
    if (last.size < 0) last.size = 0
    if (head.size - last.size < least || head.size === 0) return
    await house.database.barrier() // what a checkpoint says must not be lost itself
    const body = {
      origin: o.origin,
      tenant: house.tenant,
      size: head.size,
      hash: head.hash,
      root: rootOf(head).toString('base64'),
      at: house.clock().toISOString(),
    }
    await appendCheckpoint(checkpointFile(o.checkpointDir, house.tenant), signCheckpoint(body, key), key.publicKey)
    Object.assign(last, { size: head.size, at: performance.now() })
  }
  // One writer at a time: the file is appended to in order.
  let turn: Promise<void> = Promise.resolve()
  const queue = (least: () => number): Promise<void> => {
    const mine = turn.then(() => write(least()))
    turn = mine.then(
      () => {
        health.failing = 0
      },
      (err) => {
        health.failures++
        health.failing++
        house.log.error({ err }, 'checkpoint')
      },
    )
    return mine
  }
  const least = () => (performance.now() - last.at >= (o.everyMs ?? 60_000) ? 1 : (o.everyEvents ?? 10))
  const timer = setInterval(() => void queue(least).catch(() => {}), 5000).unref()
  return {
    checkpoint: () => queue(() => 1),
    health: () => ({ ...health }),
    async stop() {
      clearInterval(timer)
      await queue(() => 1)
    },
  }
}
