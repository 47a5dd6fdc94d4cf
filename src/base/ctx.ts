import type { BlobStore } from './blobs.ts'
import type { Outbound } from './config.ts'
import { type Database, type Db, type Scope, widen } from './db.ts'
import type { Guard } from './guard/guard.ts'
import type { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import type { Law } from './rules/law.ts'

/** Who acts, as far as the base needs to know; people/ says what posts and roles the actor holds. */
export interface Principal {
  tenant: number
  account: string
  name: string
}

/** What every use case gets as its first argument: the actor, the time, the law, and the way to the database. */
export interface Ctx<A extends Principal = Principal> {
  actor: A
  scope: Scope
  /** Time of this act; passed in, so that a test or a replay can set it. */
  now: Date
  law: Law
  blobs: BlobStore
  jobs: Jobs
  log: Log
  settings: Settings
  /** Seals who said something, so that a dump of the database gives no name (base/seal.ts). */
  seal(content: object): Buffer
  /** False only in the test that switches the policy wall off to prove that row-level security stands alone. */
  policy: boolean
  /** Runs `work` in the transaction of this request, or opens one and returns when it is durable. */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Reads in a transaction of its own, for an answer that is streamed page by page when the request's is long over. */
  apart<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** The parts of a context that outlive a request. */
export interface House {
  database: Database
  tenant: number
  law(): Law
  blobs: BlobStore
  jobs: Jobs
  log: Log
  /** Watches the disks and the clock. */
  guard: Guard
  clock(): Date
  /** Keys of seals, tokens and fingerprints are derived from it. */
  secret: string
  settings: Settings
  seal(content: object): Buffer
  policy: boolean
}

/** What is the city's own and no law. */
export interface Settings {
  cityName: string
  office: string
  officePhone: string
  /** Case numbers begin with it: HZ-2026-000001. */
  numberPrefix: string
  /** Where the operator puts imagery for the map (`*.pmtiles`). */
  mapDir: string
  /** Working copies of the operator's DEMs, tiles made of them, files that are being read. */
  layerDir: string
  /** Where signed checkpoints of the journal go. */
  checkpointDir: string
  /** The operator's key of 天地图; without one the product never speaks of it to a browser. */
  tiandituKey: string | undefined
  /** Where messages may leave to, and through what. */
  outbound: Outbound
}

/** A context whose transactions are its own (command line, jobs): each `tx` is one transaction, durable when it returns. */
export function standing<A extends Principal>(house: House, actor: A, scope: Scope): Ctx<A> {
  return context(house, actor, scope, async (work) => {
    const result = await house.database.begin(actor.tenant, async (db) => {
      await widen(db, scope)
      return work(db)
    })
    await house.database.barrier()
    return result
  })
}

/** A context inside a transaction that is already open (a request); the router commits, waits for the disk, then answers. */
export function within<A extends Principal>(house: House, actor: A, scope: Scope, db: Db): Ctx<A> {
  return context(house, actor, scope, (work) => work(db))
}

function context<A extends Principal>(house: House, actor: A, scope: Scope, tx: Ctx<A>['tx']): Ctx<A> {
  const { blobs, jobs, log, policy, settings, seal } = house
  const apart: Ctx['apart'] = (work) =>
    house.database.begin(actor.tenant, async (db) => {
      await widen(db, scope)
      return work(db)
    })
  return { actor, scope, now: house.clock(), law: house.law(), blobs, jobs, log, policy, settings, seal, tx, apart }
}
