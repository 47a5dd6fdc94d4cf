import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Refusal, refuse } from '../../../base/rules/refusal.ts'
import type { DemSummary } from '../../terrain/read-dem.ts'
import { LIMITS } from './limits.ts'
import type { ReadOrder, ReadSummary } from './read-layer.ts'

const CHILD = fileURLToPath(new URL('./read-child.ts', import.meta.url))

/** How far long work has come. */
export type Progress = (done: number, total: number) => void

type Said = { done: number; total: number } | { answer: ReadSummary | DemSummary | Refusal }

/**
 * Opens a file of unknown making in a process of its own, with bounded memory and time: whatever the file does there, the answer here
 * is a summary or one refusal.
 */
export function runReader(
  order: ReadOrder,
  progress: Progress,
  o: { seconds?: number; heapMb?: number } = {},
): Promise<ReadSummary | DemSummary | Refusal> {
  const seconds = o.seconds ?? LIMITS.seconds
  const heapMb = o.heapMb ?? LIMITS.heapMb
  return new Promise((resolve) => {
    const child = fork(CHILD, [JSON.stringify(order)], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${heapMb}`, '--disable-warning=ExperimentalWarning'],
      env: process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const timer = setTimeout(() => end(tooHeavy('seconds', seconds)), seconds * 1000)
    const end = (answer: ReadSummary | DemSummary | Refusal) => {
      clearTimeout(timer)
      child.removeAllListeners()
      child.on('error', () => undefined)
      child.kill('SIGKILL')
      resolve(answer)
    }
    child.on('message', (said: Said) => ('answer' in said ? end(said.answer) : progress(said.done, said.total)))
    child.on('error', () => end(tooHeavy('process', 0)))
    child.on('exit', () => end(tooHeavy('memory', heapMb)))
  })
}

// A child that died without an answer ran out of memory: the only way it can, as it answers every error of its own.
function tooHeavy(what: 'seconds' | 'memory' | 'process', limit: number): Refusal {
  return refuse('invalid', `places/layer-heavy-${what}`, { limit })
}
