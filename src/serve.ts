import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { listenForCommands, socketPath } from './base/command.ts'
import type { Config } from './base/config.ts'
import { buildApp } from './base/http/app.ts'
import { mountHealth } from './base/http/health.ts'
import { outageOf } from './base/http/outage.ts'
import { mount } from './base/http/router.ts'
import { type Keeper, keepCheckpoints } from './base/journal/keeper.ts'
import { runCommand } from './commands.ts'
import { constraints, jobsOf, routes } from './contexts.ts'
import { ensureDemo } from './demo.ts'
import { type OpenHouse, openHouse } from './house.ts'
import { gateOf, mountSession } from './people/index.ts'
import { TIANDITU_HOSTS } from './places/index.ts'

/** One process does all; on PostgreSQL `serve` (HTTP, commands, checkpoints) and `worker` (jobs) may be several. */
export type Part = 'all' | 'serve' | 'worker'

/** Runs its part of the product until it is asked to stop; resolves with the exit code. */
export async function serve(config: Config, o: { part: Part; root: string }): Promise<number> {
  const started = performance.now()
  const house = await openHouse(config)
  if (config.demo) await ensureDemo(house)
  await house.jobs.declare(jobsOf(house).map((job) => job.name))
  if (o.part !== 'serve') await startJobs(house)
  const stop = o.part === 'worker' ? async () => {} : await startServing(house, o.root)
  const took = Math.round(performance.now() - started)
  process.stdout.write(
    `秦巴卫士 ${o.part === 'worker' ? 'worker' : `http://${config.host}:${config.port}`} · ${house.database.kind} · ready in ${took} ms\n`,
  )
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
  try {
    await stop()
  } finally {
    await house.close()
  }
  return 0
}

// What looks at the calendar is asked for at every start too: midnight may have passed while nothing ran.
async function startJobs(house: OpenHouse): Promise<void> {
  const jobs = jobsOf(house)
  await house.jobs.work(jobs)
  await house.database.begin(house.tenant, async (db) => {
    for (const { name } of jobs.filter((job) => job.calendar)) await house.jobs.send(db, name, {})
  })
}

async function startServing(house: OpenHouse, root: string): Promise<() => Promise<void>> {
  const { config } = house
  const keeper = await keepCheckpoints(house, {
    keyDir: join(config.dataDir, 'keys'),
    checkpointDir: config.checkpointDir,
    origin: `qinba/${house.tenant}`,
  })
  const app = await openApp(house, { root, keeper })
  await app.listen({ port: config.port, host: config.host })
  const commands = await listenForCommands(
    socketPath(config.dataDir),
    (order, io) => runCommand(house, order, io),
    (line) => house.log.warn(line),
  )
  return async () => {
    commands.close()
    await app.close()
    await keeper.stop()
  }
}

/** The HTTP application with every context's routes; tests open it without a port. */
export async function openApp(house: OpenHouse, o: { root?: string; keeper?: Keeper } = {}): Promise<FastifyInstance> {
  const session = { secret: house.secret, secure: house.config.production, demo: house.config.demo, cityName: house.city.name.zh }
  const tileHosts = house.settings.tiandituKey ? TIANDITU_HOSTS : []
  const app = await buildApp({ log: house.log, translate: (e) => translate(house, e), tileHosts })
  const gate = gateOf(house, session)
  mountHealth(app, house, { keeper: o.keeper, metricsToken: house.config.metricsToken })
  mountSession(app, house, gate, session)
  mount(app, house, gate, routes)
  if (o.root) await mountDesk(app, join(o.root, 'dist/web'))
  return app
}

/** A constraint of the database that a user ran into becomes the Problem of the context that owns it, by its name. */
function translate(house: OpenHouse, e: unknown): unknown {
  house.guard.disk.saw(e)
  const name = typeof e === 'object' && e !== null && 'constraint' in e ? String(e.constraint) : ''
  return constraints[name]?.() ?? outageOf(e) ?? e
}

// The desk is one page: every path that is no file and no API is answered with it.
async function mountDesk(app: FastifyInstance, dir: string): Promise<void> {
  if (!existsSync(join(dir, 'index.html'))) return
  const page = await readFile(join(dir, 'index.html'), 'utf8')
  await app.register(fastifyStatic, {
    root: dir,
    index: false,
    wildcard: false,
    preCompressed: true,
    maxAge: '365d',
    immutable: true,
  })
  const hide = { schema: { hide: true } as object }
  for (const path of [
    '/',
    '/work',
    '/cases',
    '/cases/*',
    '/board',
    '/numbers',
    '/numbers/bulletin',
    '/hotspots',
    '/board/as-of',
    '/supervision',
    '/supervision/*',
    '/wall',
    '/meetings',
    '/meetings/:id',
    '/map',
    '/layers',
    '/templates',
    '/templates/:kind',
    '/people',
    '/inbox',
    '/rules',
    '/targets',
    '/audit',
    '/account',
    '/sign-in',
  ])
    app.get(path, hide, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    )
}
