import { setTimeout as sleep } from 'node:timers/promises'
import { multipart, photo } from '../photos.ts'
import { REPORT } from '../walk.ts'

/** One request and what became of it; status 0: no answer came. */
export interface Asked {
  kind: Kind
  phase: string
  status: number
  ms: number
  /** What problem+json said, or why no answer came. */
  why: string
}

export type Kind = 'write' | 'upload' | 'read' | 'ready'

/** People who never stop asking, and a book of what they were answered. */
export interface Traffic {
  asked: Asked[]
  /** The cases that were acknowledged, and how many files, all of them of one case. */
  acknowledged: { cases: string[]; files: number }
  case: string
  /** Names what happens from now on. */
  phase(name: string): void
  /** Milliseconds until the next request of this kind that is answered so. */
  until(kind: Kind, status: number, ms: number): Promise<number>
  stop(): Promise<void>
}

/** Three who write, one who uploads, two who read and one who asks whether the product is ready, at wherever it stands now. */
export async function drive(where: { url: string; headers: Record<string, string> }): Promise<Traffic> {
  const asked: Asked[] = []
  const acknowledged: Traffic['acknowledged'] = { cases: [], files: 0 }
  let now = 'calm'
  let goesOn = true
  const { id } = (await (await report(where)).json()) as { id: string }
  const ask = async (kind: Kind, send: () => Promise<Response>) => {
    const phase = now
    const began = performance.now()
    const answer = await send().catch((e: unknown) => e as Error)
    const body = answer instanceof Error ? undefined : await answer.text().catch(() => '')
    const status = answer instanceof Error ? 0 : answer.status
    const why = answer instanceof Error ? String(answer.cause ?? answer) : status < 400 ? '' : (body ?? '').slice(0, 300)
    asked.push({ kind, phase, status, ms: performance.now() - began, why })
    return status >= 200 && status < 300 ? (JSON.parse(body!) as Record<string, unknown>) : undefined
  }
  const workers: Record<Kind, () => Promise<void>> = {
    async write() {
      const made = await ask('write', () => report(where))
      if (made) acknowledged.cases.push(String(made['id']))
    },
    async upload() {
      const content = await photo({ takenAt: new Date().toISOString(), shade: asked.length % 250, lng: 107.03, lat: 33.06 })
      const form = multipart(
        { kind: 'site_visit' },
        { name: 'a.jpg', content: Buffer.concat([content, Buffer.from(crypto.randomUUID())]) },
      )
      const made = await ask('upload', () => post(where, `/api/cases/${id}/evidence`, { ...form, key: crypto.randomUUID() }))
      if (made) acknowledged.files++
    },
    async read() {
      await ask('read', () =>
        fetch(`${where.url}/api/cases?limit=20`, { headers: where.headers, signal: AbortSignal.timeout(20_000) }),
      )
    },
    async ready() {
      await ask('ready', () => fetch(`${where.url}/readyz`, { signal: AbortSignal.timeout(20_000) }))
    },
  }
  const busy = async (kind: Kind, pause: number) => {
    while (goesOn) {
      await workers[kind]()
      await sleep(pause)
    }
  }
  const running = [
    busy('write', 60),
    busy('write', 60),
    busy('write', 60),
    busy('upload', 150),
    busy('read', 80),
    busy('read', 80),
    busy('ready', 200),
  ]
  return {
    asked,
    acknowledged,
    case: id,
    phase: (name) => {
      now = name
    },
    async until(kind, status, ms) {
      const began = performance.now()
      for (let from = asked.length; performance.now() - began < ms; await sleep(20))
        if (asked.slice(from).some((a) => a.kind === kind && a.status === status)) return performance.now() - began
      const last = asked.filter((a) => a.kind === kind).slice(-3)
      throw new Error(`no ${kind} was answered ${status} within ${ms} ms; the last: ${JSON.stringify(last)}`)
    },
    async stop() {
      goesOn = false
      await Promise.all(running)
    },
  }
}

const report = (where: { url: string; headers: Record<string, string> }) =>
  post(where, '/api/cases', {
    payload: JSON.stringify({ ...REPORT, title: `弃渣 ${crypto.randomUUID()}`, originalText: '弃渣露天堆放。'.repeat(300) }),
    headers: { 'content-type': 'application/json' },
    key: crypto.randomUUID(),
  })

function post(
  where: { url: string; headers: Record<string, string> },
  path: string,
  o: { payload: string | Buffer; headers: Record<string, string>; key: string },
): Promise<Response> {
  return fetch(`${where.url}${path}`, {
    method: 'POST',
    headers: { ...where.headers, ...o.headers, 'idempotency-key': o.key },
    body: o.payload,
    signal: AbortSignal.timeout(20_000),
  })
}

/** The answers of one phase: how many of each, and the slowest. */
export function summary(asked: readonly Asked[]): Record<string, string> {
  const phases = [...new Set(asked.map((a) => a.phase))]
  return Object.fromEntries(
    phases.map((phase) => {
      const its = asked.filter((a) => a.phase === phase)
      const counts = new Map<string, number>()
      for (const a of its) counts.set(`${a.kind} ${a.status}`, (counts.get(`${a.kind} ${a.status}`) ?? 0) + 1)
      const slowest = Math.round(Math.max(...its.map((a) => a.ms)))
      return [phase, `${[...counts].map(([k, n]) => `${k}×${n}`).join(', ')}; slowest ${slowest} ms`]
    }),
  )
}
