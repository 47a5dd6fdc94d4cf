import { Agent, get } from 'node:http'
import { drawer } from './generate.ts'

/** What a stream of requests met: milliseconds, and how many did not get a 2xx. */
export interface Shot {
  sent: number
  rate: number
  p50: number
  p99: number
  max: number
  failed: number
}

/**
 * Requests that come by chance, so many a second on average (a Poisson stream with a fixed seed), whatever the answers take: what waits in
 * line counts as latency.
 */
export async function atRate(o: {
  url: string
  paths: string[]
  rate: number
  seconds: number
  headers?: Record<string, string>
  seed?: string
}): Promise<Shot> {
  const agent = new Agent({ keepAlive: true, maxSockets: 40 })
  const draw = drawer(o.seed ?? 'arrivals')
  const times: number[] = []
  let failed = 0
  const waiting: Promise<void>[] = []
  const started = performance.now()
  for (let i = 0, due = started; due < started + o.seconds * 1000; i++, due -= (Math.log(1 - draw()) / o.rate) * 1000) {
    const wait = due - performance.now()
    if (wait > 0) await new Promise((on) => setTimeout(on, wait))
    waiting.push(fire(o.paths[i % o.paths.length]!, due))
  }
  await Promise.all(waiting)
  agent.destroy()
  const took = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)]!)
  return { sent: times.length, rate: Math.round(times.length / took), p50: at(0.5), p99: at(0.99), max: at(1), failed }

  function fire(path: string, due: number): Promise<void> {
    return new Promise((done) => {
      const end = (ok: boolean) => {
        times.push(performance.now() - due)
        if (!ok) failed++
        done()
      }
      get(o.url + path, { agent, headers: o.headers ?? {} }, (answer) => {
        answer.resume().on('end', () => end(answer.statusCode === 200))
      }).on('error', () => end(false))
    })
  }
}

/** One at a time: the median and the 99th percentile in milliseconds. */
export async function oneByOne(o: {
  url: string
  paths: string[]
  headers?: Record<string, string>
}): Promise<{ p50: number; p99: number; bytes: number }> {
  const times: number[] = []
  let bytes = 0
  for (const path of o.paths) {
    const from = performance.now()
    const answer = await fetch(o.url + path, { headers: o.headers ?? {} })
    bytes += (await answer.arrayBuffer()).byteLength
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)]! * 10) / 10
  return { p50: at(0.5), p99: at(0.99), bytes: Math.round(bytes / o.paths.length) }
}

/** One line of a table. */
export const shown = (name: string, s: Shot): string =>
  `| ${name} | ${s.rate}/s | ${s.p50} ms | ${s.p99} ms | ${s.max} ms | ${s.failed} of ${s.sent} |`
