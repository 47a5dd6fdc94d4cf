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
  let silent = 0
  let suspended = 0
  const { send, ping } = pinger(child, () => {
    silent = 0
  })
  const tick = () => {
    if (suspended > 0 || ++silent * every <= ms) return send()
    if (child.kill('SIGKILL')) process.stderr.write(`database engine killed: no answer for ${ms} ms\n`)
  }
  const timer = setInterval(tick, every).unref()
  child.once('exit', () => clearInterval(timer))
  const unwatched = async <T>(work: () => Promise<T>): Promise<T> => {
    suspended++
    try {
      return await work()
    } finally {
      suspended--
      silent = 0
    }
  }
  return { ping, unwatched, stop: () => clearInterval(timer) }
}

interface Asked {
  sent: number
  done: (ms: number) => void
  fail: (e: Error) => void
}

function pinger(child: ChildProcess, onAnswer: () => void): { send(): void; ping(): Promise<number> } {
  const waiting = new Map<number, Asked>()
  let n = 0
  const send = () => {
    n++
    if (child.connected) child.send({ say: 'ping', n } satisfies ToChild, () => {})
  }
  child.on('message', (m: FromChild) => {
    if (m.say !== 'pong') return
    onAnswer()
    const asked = waiting.get(m.n)
    asked?.done(performance.now() - asked.sent)
    waiting.delete(m.n)
  })
  child.once('exit', () => {
    for (const asked of waiting.values()) asked.fail(new Error('the database engine has ended'))
  })
  const ping = () =>
    new Promise<number>((done, fail) => {
      if (!child.connected) return fail(new Error('the database engine has ended'))
      send()
      waiting.set(n, { sent: performance.now(), done, fail })
    })
  return { send, ping }
}
