import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../server.ts'
import { REPORT } from '../walk.ts'

const ROUNDS = 3
const dir = mkdtempSync(join(tmpdir(), 'qinba-server-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Sent {
  key: string
  title: string
  id?: string
}

/** Four clients report problems until the server is gone; what was answered 201 is acknowledged. */
async function traffic(server: RunningServer, headers: Record<string, string>, sent: Sent[]): Promise<void> {
  const one = async (client: number) => {
    for (let i = 0; ; i++) {
      const entry: Sent = { key: crypto.randomUUID(), title: `第 ${client} 户第 ${i} 件` }
      sent.push(entry)
      const answer = await post(server, headers, entry).catch(() => undefined)
      if (!answer) return
      expect(answer.status).toBe(201)
      entry.id = ((await answer.json()) as { id: string }).id
    }
  }
  await Promise.all([1, 2, 3, 4].map(one))
}

const post = (server: RunningServer, headers: Record<string, string>, { key, title }: Sent) =>
  fetch(`${server.url}/api/cases`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': key },
    body: JSON.stringify({ ...REPORT, title }),
  })

describe('the whole server under kill -9', () => {
  it(`keeps every acknowledged report over ${ROUNDS} kills, and the same key makes no second one`, {
    timeout: 240_000,
  }, async () => {
    const sent: Sent[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startServer(dir)
      const headers = await server.signIn('office')
      const before = sent.length
      const clients = traffic(server, headers, sent)
      await new Promise((later) => setTimeout(later, 800 + 700 * round))
      await server.kill()
      await clients
      expect(sent.slice(before).filter((s) => s.id).length).toBeGreaterThan(0)
    }
    const server = await startServer(dir)
    const headers = await server.signIn('office')
    for (const entry of sent.filter((s) => s.id)) {
      const found = await fetch(`${server.url}/api/cases/${entry.id}`, { headers })
      expect(found.status, `${entry.title} was acknowledged`).toBe(200)
    }
    // What was cut off in the middle may be there or not: the retry with its key settles it, once.
    for (const entry of sent.filter((s) => !s.id)) {
      const [a, b] = [await post(server, headers, entry), await post(server, headers, entry)]
      expect([a.status, b.status]).toEqual([201, 201])
      expect(((await a.json()) as { id: string }).id).toBe(((await b.json()) as { id: string }).id)
    }
    expect(await server.stop()).toBe(0)
    console.log(`${sent.filter((s) => s.id).length} acknowledged, 0 lost, over ${ROUNDS} kills`)
  })
})
