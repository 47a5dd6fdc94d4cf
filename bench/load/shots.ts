import autocannon from 'autocannon'

/** What a stream of requests met: milliseconds, and how many did not get a 2xx. */
export interface Shot {
  sent: number
  rate: number
  p50: number
  p99: number
  max: number
  failed: number
}

/** Requests at a fixed rate, whatever the answers take: what waits in line counts as latency (no coordinated omission). */
export async function atRate(o: {
  url: string
  paths: string[]
  rate: number
  seconds: number
  headers?: Record<string, string>
}): Promise<Shot> {
  const r = await autocannon({
    url: o.url,
    connections: Math.min(40, o.rate),
    overallRate: o.rate,
    duration: o.seconds,
    requests: o.paths.map((path) => ({ method: 'GET' as const, path, headers: o.headers ?? {} })),
  })
  return {
    sent: r.requests.total,
    rate: Math.round(r.requests.average),
    p50: r.latency.p50,
    p99: r.latency.p99,
    max: r.latency.max,
    failed: r.non2xx + r.errors + r.timeouts,
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
