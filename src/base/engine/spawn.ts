import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Order } from './messages.ts'

/** Starts the engine's process; it gets none of the parent's secrets and none of a test runner's loader flags, but what is preloaded into the parent (an allocator, a clock). */
export function spawnChild(order: Order): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(PATH|TMPDIR|LANG|LD_PRELOAD|FAKETIME.*)$/.test(name)),
  )
  const file = join(import.meta.dirname, 'child.ts')
  const child = fork(file, [JSON.stringify(order)], { execArgv: [], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  // Whoever waits for the process listens as well; this one keeps a failed message to a dying child from ending the parent.
  return child.on('error', () => {})
}
