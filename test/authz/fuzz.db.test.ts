import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { jobsOf, routes } from '../../src/contexts.ts'
import { ROUTES, turnedAway } from './expected.ts'
import { type Operation, operationsOf, requestTo } from './fuzz-requests.ts'
import { openScene, type Scene, type Sender } from './scene.ts'

const REQUESTS = Number(process.env['QINBA_FUZZ'] ?? 1500)
const SEED = Number(process.env['QINBA_FUZZ_SEED'] ?? 20260323)
const SLOWEST_MS = 5000
const SENDERS = ['office', 'county-office-hantai', 'unit-hantai', 'analyst', 'secadmin', 'sysadmin', 'nobody']

let scene: Scene
let senders: Sender[]
let operations: Operation[]
let ids: string[]
beforeAll(async () => {
  scene = await openScene()
  const { house } = scene.world
  await house.jobs.declare(jobsOf(house).map((job) => job.name))
  senders = (await scene.everybody(3)).filter((s) => SENDERS.some((name) => s.name === name || s.name === `${name}@3`))
  const { rows } = await sql<{ id: string }>`select id from people.organisation union all select id from people.post
    union all select id from people.account`.execute(house.database.owner)
  ids = [...rows.map((r) => r.id), ...scene.cases.flatMap((c) => [c.id, c.evidence])]
  const forms = routes.filter((r) => r.multipart).map((r) => `${r.method} ${r.path}`)
  operations = operationsOf((await scene.world.app.inject({ url: '/openapi.json' })).json(), forms)
})
afterAll(() => scene.world.close())

interface Drawn {
  operation: Operation
  request: InjectOptions
  sender: Sender
}

function draw(): Drawn[] {
  const one = fc
    .constantFrom(...operations)
    .chain((operation) =>
      fc.record({ operation: fc.constant(operation), request: requestTo(operation, ids), sender: senderOf(operation) }),
    )
  return fc.sample(one, { numRuns: REQUESTS, seed: SEED })
}

// Mostly somebody who is let in: behind the door there is more to break.
function senderOf({ method, path }: Operation): fc.Arbitrary<Sender> {
  const anybody = fc.constantFrom(...senders)
  const row = ROUTES[`${method} ${path}`]
  const letIn = row ? senders.filter((sender) => turnedAway(row, sender) === undefined) : []
  return letIn.length > 0
    ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...letIn) }, { weight: 1, arbitrary: anybody })
    : anybody
}

/** What is wrong with an answer; undefined where nothing is. */
async function judge({ operation, request, sender }: Drawn, count: Map<number, number>): Promise<string | undefined> {
  const started = performance.now()
  const answer = await sender.send(request)
  const took = performance.now() - started
  count.set(answer.statusCode, (count.get(answer.statusCode) ?? 0) + 1)
  const where = `${operation.method} ${request.url} · ${sender.name} · ${JSON.stringify(request.headers)} ${String(request.payload ?? '').slice(0, 600)}`
  if (answer.statusCode >= 500) return `${answer.statusCode}: ${where}`
  if (took > SLOWEST_MS) return `${Math.round(took)} ms: ${where}`
  const schema = operation.replies[answer.statusCode]
  if (!schema || answer.statusCode >= 300) return undefined
  const found = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(answer.json())
  return found.success
    ? undefined
    : `not as described (${found.error.issues[0]?.path.join('.')} ${found.error.issues[0]?.message}): ${where}`
}

it(`${REQUESTS} requests, well-formed and hostile: none breaks the server, none is slow, and answers are as described`, {
  timeout: 3_600_000,
}, async () => {
  expect(operations.length).toBeGreaterThan(40)
  expect(senders.length).toBe(SENDERS.length)
  const wrong: string[] = []
  const count = new Map<number, number>()
  const queue = draw()
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const found = await judge(next, count).catch((e: unknown) => `thrown: ${e}`)
      if (found) wrong.push(found)
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  const codes = [...count].sort().map(([code, n]) => `${code}: ${n}`)
  process.stdout.write(
    `fuzz (seed ${SEED}): ${REQUESTS} requests over ${operations.length} operations, ${wrong.length} wrong; ${codes.join(', ')}\n`,
  )
  expect(wrong).toEqual([])
  expect((count.get(200) ?? 0) + (count.get(201) ?? 0)).toBeGreaterThan(REQUESTS / 20)
})
