// A case page beside the same SQL behind a bare fastify handler: one process, one database, in turn, medians of the rounds.
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import Fastify from 'fastify'
import { readConfig } from '../../src/base/config.ts'
import { ensureDemo } from '../../src/demo.ts'
import { openHouse } from '../../src/house.ts'
import { openApp } from '../../src/serve.ts'
import { record, replay } from '../../test/record.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const SECONDS = 4
const dir = mkdtempSync(join(tmpdir(), 'qinba-bench-'))
const config = { ...readConfig({ ...process.env, DEMO: '1', LOG_LEVEL: 'silent', DATA_DIR: join(dir, 'var') }, dir) }
const house = await openHouse(config)
await ensureDemo(house)
const app = await openApp(house)
const ours = await app.listen({ port: 0, host: '127.0.0.1' })

const accounts = JSON.parse(await readFile(join(config.dataDir, 'demo-accounts.json'), 'utf8')) as {
  username: string
  password: string
}[]
const office = accounts.find((a) => a.username === 'office')!
const signIn = await app.inject({ method: 'POST', url: '/api/session', payload: office })
const cookie = String(signIn.headers['set-cookie']).split(';')[0]!
const { rows } = await house.database.pool.query<{ id: string }>(
  `select id from cases.problem where state = 'rectifying' limit 1`,
)
const id = rows[0]!.id

// What the page really sends, recorded from one request, then replayed with nothing around it: the same SQL behind a bare handler.
const recorded = await record(() => app.inject({ url: `/api/cases/${id}`, headers: { cookie } }))
const bare = Fastify()
bare.get('/bare/:id', async () => (await replay(house.database.pool, recorded)).at(-1))
const peer = await bare.listen({ port: 0, host: '127.0.0.1' })

interface Round {
  p50: number
  p99: number
  rps: number
}

async function shoot(url: string): Promise<Round> {
  const connections = Number(process.env['CONNECTIONS'] ?? 4)
  const r = await autocannon({ url, connections, duration: SECONDS, headers: { cookie } })
  if (r.non2xx > 0 || r.errors > 0) throw new Error(`${url}: ${r.non2xx} answers were not 2xx, ${r.errors} errors`)
  return { p50: r.latency.p50, p99: r.latency.p99, rps: r.requests.average }
}

// autocannon counts whole milliseconds; a page of one or two needs finer ones.
async function medianMs(url: string, n: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < n; i++) {
    const t = performance.now()
    const answer = await fetch(url, { headers: { cookie } })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
    times.push(performance.now() - t)
  }
  return median(times)
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!
const urls = { ours: `${ours}/api/cases/${id}`, bare: `${peer}/bare/${id}` }
await Promise.all(Object.values(urls).map(shoot)) // warm-up
const single = { ours: [] as number[], bare: [] as number[] }
const load = { ours: [] as Round[], bare: [] as Round[] }
for (let i = 0; i < ROUNDS; i++) {
  for (const who of ['ours', 'bare'] as const) {
    single[who].push(await medianMs(urls[who], 300))
    load[who].push(await shoot(urls[who]))
  }
}
const p50 = { ours: median(single.ours), bare: median(single.bare) }
console.log(
  `database ${house.database.kind}; case page of ${(await (await fetch(urls.ours, { headers: { cookie } })).text()).length} bytes`,
)
console.log(
  `one at a time, p50: ours ${p50.ours.toFixed(2)} ms, bare ${p50.bare.toFixed(2)} ms, ratio ${(p50.ours / p50.bare).toFixed(2)}`,
)
const rps = { ours: median(load.ours.map((r) => r.rps)), bare: median(load.bare.map((r) => r.rps)) }
console.log(
  `under load: ours ${rps.ours.toFixed(0)} rps p99 ${median(load.ours.map((r) => r.p99))} ms, bare ${rps.bare.toFixed(0)} rps p99 ${median(load.bare.map((r) => r.p99))} ms`,
)
await Promise.all([app.close(), bare.close()])
await house.close()
rmSync(dir, { recursive: true, force: true })
process.exit(0)
