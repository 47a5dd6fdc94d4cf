import type { ChildProcess } from 'node:child_process'
import type { FromChild, ToChild } from './messages.ts'

/** Pings the engine's process; see `watch`. */
export interface Watchdog {
  /** Milliseconds to the answer; rejects when the process ends first. */
  ping(): Promise<number>
  /** Runs work of unknown length (a migration) during which silence is no fault. */
  unwatched<T>(work: () => Promise<T>): Promise<T>
  stop(): void
}

/**
 * Kills `child` after `ms` without an answer. PGlite runs a query in its event loop, so silence means a query that long.
 * Silence is counted in pings sent, not read from a clock: a parent that was itself suspended or busy does not kill.
 */
export function watch(child: ChildProcess, ms: number): Watchdog {
  const every = Math.min(1000, ms / 4)
  const waiting = new Map<number, { sent: number; done: (ms: number) => void; fail: (e: Error) => void }>()
  let n = 0
  let silent = 0
  let suspended = 0
  const send = () => child.send({ say: 'ping', n: ++n } satisfies ToChild, () => {})
  const end = () => {
    if (child.kill('SIGKILL')) process.stderr.write(`database engine killed: no answer for ${ms} ms\n`)
  }
  const tick = () => {
    if (suspended === 0 && ++silent * every > ms) end()
    else if (child.connected) send()
  }
  const timer = setInterval(tick, every).unref()
  child.on('message', (m: FromChild) => {
    if (m.say !== 'pong') return
    silent = 0
    const asked = waiting.get(m.n)
    if (asked) asked.done(performance.now() - asked.sent)
    waiting.delete(m.n)
  })
  child.on('exit', () => {
    clearInterval(timer)
    for (const asked of waiting.values()) asked.fail(new Error('the database engine has ended'))
  })
  return {
    ping: () =>
      new Promise((done, fail) => {
        if (!child.connected) return fail(new Error('the database engine has ended'))
        send()
        waiting.set(n, { sent: performance.now(), done, fail })
      }),
    unwatched: async (work) => {
      suspended++
      try {
        return await work()
      } finally {
        suspended--
        silent = 0
      }
    },
    stop: () => clearInterval(timer),
  }
}
