import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** What became of reports that came at a steady rate. */
export interface Reported {
  sent: number
  acknowledged: number
  refused: number
  kept: number
  p50: number
  p99: number
}

/** Reports at a fixed rate through HTTP, each with its own key; afterwards every acknowledged one is looked up in the list and in the journal. */
export async function report(o: {
  url: string
  headers: Record<string, string>
  databaseUrl: string
  rate: number
  seconds: number
}): Promise<Reported> {
  const times: number[] = []
  const ids: string[] = []
  let refused = 0
  const waiting: Promise<void>[] = []
  const total = o.rate * o.seconds
  const started = performance.now()
  for (let i = 0; i < total; i++) {
    const due = started + (i * 1000) / o.rate
    const wait = due - performance.now()
    if (wait > 0) await new Promise((on) => setTimeout(on, wait))
    waiting.push(send(i, due))
  }
  await Promise.all(waiting)
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)
  return { sent: total, acknowledged: ids.length, refused, kept: await keptOf(o.databaseUrl, ids), p50: at(0.5), p99: at(0.99) }

  async function send(i: number, due: number): Promise<void> {
    const answer = await fetch(`${o.url}/api/cases`, {
      method: 'POST',
      headers: { ...o.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        source: 'hotline_12345',
        title: `河岸垃圾 ${i}`,
        originalText: `群众来电：河岸有垃圾堆放，第 ${i} 件。`,
        place: { region: '610702', point: { lng: 107.0312 + (i % 100) * 1e-5, lat: 33.0678 }, address: '褒河右岸' },
      }),
    }).catch(() => undefined)
    const body = answer?.status === 201 ? ((await answer.json()) as { id: string }) : undefined
    times.push(performance.now() - due)
    if (body) ids.push(body.id)
    else refused++
  }
}

async function keptOf(databaseUrl: string, ids: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from cases.problem p where id = any ($1)
     and exists (select 1 from journal.event e where e.tenant = p.tenant and e.context = 'cases' and e.subject = p.id and e.subject_seq = 1)`,
    [ids],
  )
  await client.end()
  return rows[0]!.n
}
