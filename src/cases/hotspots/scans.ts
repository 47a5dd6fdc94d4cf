import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Found, ScanInput } from './rules/scan.ts'

/** How far a scan is: what it found, how many permutations are done, or that too many others wait. */
export type ScanState = { state: 'running' | 'done' | 'failed' | 'busy'; done: number; ms: number; found: Found[] }

const MOST_KEPT = 30
const MOST_WAITING = 6
/** How many clusters are reported at most. */
export const MOST_FOUND = 12

const kept = new Map<string, ScanState>()
let last: Promise<unknown> = Promise.resolve()

/**
 * The scan of an input: begun in a thread of its own when nobody asked for it yet, one after another, and kept while others ask. The key is
 * made of all that goes in, so whoever sees other cases never gets this answer.
 */
export function scanOf(input: ScanInput): ScanState {
  const key = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const known = kept.get(key)
  if (known && known.state !== 'failed') return known
  if ([...kept.values()].filter(({ state }) => state === 'running').length >= MOST_WAITING) return { ...FRESH, state: 'busy' }
  const state: ScanState = { ...FRESH }
  kept.set(key, state)
  for (const [old, { state: is }] of kept) if (kept.size > MOST_KEPT && is !== 'running') kept.delete(old)
  last = last.then(() => run(input, state))
  return state
}

const FRESH: ScanState = { state: 'running', done: 0, ms: 0, found: [] }

function run(input: ScanInput, state: ScanState): Promise<void> {
  const begun = performance.now()
  return new Promise((over) => {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: { input, most: MOST_FOUND } })
    worker.unref()
    const end = (how: Partial<ScanState>) => {
      Object.assign(state, how, { ms: Math.round(performance.now() - begun) })
      over()
    }
    worker.on('message', (message: { done?: number; found?: Found[] }) => {
      if (message.found) end({ state: 'done', done: input.runs, found: message.found })
      else Object.assign(state, { done: message.done ?? state.done })
    })
    worker.on('error', () => end({ state: 'failed' }))
    worker.on('exit', () => state.state === 'running' && end({ state: 'failed' }))
  })
}
