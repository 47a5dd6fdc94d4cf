import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEngine } from '../../src/base/engine/start.ts'
import { type RunningServer, startServer } from '../server.ts'
import { clusterOn, type StruckCluster } from './cluster-on.ts'
import { LoopDisk, writeBackSome } from './loop-disk.ts'
import { familyOf, freeze, gone, slay } from './processes.ts'
import { seed } from './seed.ts'

/** What the whole product stands on in a campaign: its database, its files, and the disk under both. */
export interface Site {
  kind: 'embedded' | 'postgres'
  dataDir: string
  blobs: string
  /** The folder of the database's table files. */
  tables: string
  /** Outside the disk that is cut. */
  outside: string
  checkpointFile: string
  cluster?: StruckCluster
  disk?: LoopDisk
  /** Starts what does not run, the product last. */
  start(env?: Record<string, string>): Promise<RunningServer>
  /** Everybody who writes to the disk, the product first. */
  writers(server: RunningServer): number[]
  /** Asks the database as its owner; the embedded engine only while the product is stopped. */
  ask<T>(work: (db: pg.Client) => Promise<T>): Promise<T>
  destroy(): void
}

/** A site with PostgreSQL, seeded; `disk` puts its folder and DATA_DIR on a disk that can be cut. */
export async function postgresSite(o: { disk?: boolean; settings?: string } = {}): Promise<Site> {
  const ground = layGround(o.disk)
  const cluster = clusterOn(ground.folder, o.settings)
  const env = { DATABASE_URL: cluster.url('postgres'), DEMO: '1', ...ground.env }
  let runs = false
  const raise = () => {
    if (!runs) cluster.start()
    runs = true
  }
  const product = lives(ground.site.dataDir, env)
  const site: Site = {
    ...ground.site,
    kind: 'postgres',
    tables: join(ground.folder, 'pg/base'),
    cluster,
    async start(more) {
      raise()
      return product.start(more)
    },
    writers(server) {
      runs = false // they are asked for by who cuts the power
      return [...familyOf(server.child.pid!), ...cluster.pids()]
    },
    async ask(work) {
      raise()
      return withClient(new pg.Client(cluster.url('postgres')), work)
    },
    destroy() {
      product.end()
      cluster.destroy()
      ground.clear()
    },
  }
  return seeded(site, ground, async () => {
    raise()
    await seed(env)
  })
}

/** A site with the embedded engine, seeded. */
export async function embeddedSite(o: { disk?: boolean } = {}): Promise<Site> {
  const ground = layGround(o.disk)
  const product = lives(ground.site.dataDir, ground.env)
  const site: Site = {
    ...ground.site,
    kind: 'embedded',
    tables: join(ground.site.dataDir, 'pg/base'),
    start: product.start,
    writers: (server) => familyOf(server.child.pid!),
    async ask(work) {
      const engine = await startEngine({ dir: join(ground.site.dataDir, 'pg') })
      try {
        return await withClient(new pg.Client(engine.connection), work)
      } finally {
        await engine.stop()
      }
    },
    destroy() {
      product.end()
      ground.clear()
    },
  }
  return seeded(site, ground, () => seed(ground.env))
}

// A campaign that fails half-way leaves its product running: it ends with the site.
function lives(dataDir: string, env: Record<string, string>) {
  let last: RunningServer | undefined
  return {
    async start(more: Record<string, string> = {}): Promise<RunningServer> {
      last = await startServer(dataDir, { ...env, ...more })
      return last
    },
    end() {
      if (last && last.child.exitCode === null && last.child.signalCode === null) slay(familyOf(last.child.pid!))
    },
  }
}

// What the seed made is no acknowledgement of the product: it is brought to the disk by force.
async function seeded(site: Site, ground: Ground, sow: () => Promise<void>): Promise<Site> {
  try {
    await sow()
  } catch (e) {
    site.destroy()
    throw e
  }
  if (ground.site.disk) spawnSync('sync', ['-f', ground.site.disk.mount])
  return site
}

/**
 * kill -9 of the product, whose engine has to follow it: waited for, or not, as a supervisor would not. Every third time, of the engine
 * alone, whose product has to end by itself.
 */
export async function killServer(site: Site, server: RunningServer, round: number): Promise<void> {
  const [product, ...below] = familyOf(server.child.pid!)
  if (site.kind === 'embedded' && round % 3 === 2) {
    slay(below)
    await gone([product!], 10_000)
    if ((await server.ended) !== 75) throw new Error(`the product ended with ${await server.ended} after its engine was killed`)
    return
  }
  await server.kill()
  if (round % 3 === 0) await gone(below, 5000)
}

/** The power fails: nobody says anything more, and what has not reached the disk never will. Every other time some tables got ahead of the log. */
export async function cutPower(site: Site, server: RunningServer, round: number): Promise<void> {
  await freeze(site.writers(server))
  const writers = site.writers(server) // and whoever was born meanwhile
  await freeze(writers)
  if (round % 2 === 1) writeBackSome(site.tables)
  site.disk!.cut()
  slay(writers)
  await gone(writers, 10_000)
  site.disk!.detach()
  site.disk!.attach()
  site.cluster?.forgetPid()
}

interface Ground {
  folder: string
  site: Omit<Site, 'kind' | 'tables' | 'start' | 'writers' | 'ask' | 'destroy' | 'cluster'>
  env: { DATA_DIR: string; CHECKPOINT_DIR: string; SECRET: string }
  clear(): void
}

function layGround(onDisk = false): Ground {
  const outside = mkdtempSync(join(tmpdir(), 'qinba-site-'))
  const disk = onDisk ? new LoopDisk(3000) : undefined
  const folder = disk ? disk.mount : join(outside, 'disk')
  mkdirSync(folder, { recursive: true })
  spawnSync('chmod', ['755', outside, folder, join(folder, '..')]) // PostgreSQL's user has to get through
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  const checkpoints = join(outside, 'checkpoints')
  return {
    folder,
    site: {
      ...{ dataDir, outside, blobs: join(dataDir, 'blobs'), checkpointFile: join(checkpoints, '610700.jsonl') },
      ...(disk ? { disk } : {}),
    },
    env: { DATA_DIR: dataDir, CHECKPOINT_DIR: checkpoints, SECRET: 's'.repeat(40) },
    clear() {
      disk?.destroy()
      rmSync(outside, { recursive: true, force: true })
    },
  }
}

async function withClient<T>(client: pg.Client, work: (db: pg.Client) => Promise<T>): Promise<T> {
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
