import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Engine, startEngine } from './engine/start.ts'
import type { Template } from './engine/template.ts'

/** A Kysely handle bound to one transaction (or, for the owner, to the pool). Each store gives it its own tables with `withTables`. */
export type Db = Kysely<Record<never, never>>

/** What the second wall (row-level security) lets a transaction see; see db/migrations/0001-base.ts. */
export interface Scope {
  tenant: number
  /** `*` is the whole city; otherwise the division codes the actor answers for. */
  areas: '*' | string[]
  orgs: string[]
  /** Highest secrecy level that may be read. */
  clearance: number
  /** Highest level that is read by division; above it, up to `clearance`, only what binds an organisation. Absent: the clearance. */
  areaClearance?: number
  /** Who audits reads who did what, of everything, and who came in. */
  audits?: boolean
}

/** The database of the process: one driver (`pg`) for the embedded engine and for PostgreSQL. */
export interface Database {
  kind: 'embedded' | 'postgres'
  /** Full rights: migrations and the job tables only. */
  owner: Db
  pool: pg.Pool
  /** One transaction as the unprivileged role, seeing nothing but its tenant until `widen` is called; `snapshot` reads one moment throughout. */
  begin<T>(tenant: number, work: (db: Db) => Promise<T>, o?: { snapshot?: boolean }): Promise<T>
  /** Clears dead rows and renews the planner's statistics. */
  vacuum(): Promise<void>
  /** Work that may hold the embedded engine longer than its watchdog allows: a migration. */
  unwatched<T>(work: () => Promise<T>): Promise<T>
  /** Resolves once everything committed before the call would survive a power cut. */
  barrier(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  url?: string | undefined
  dir: string
  poolSize?: number
  /** How long PostgreSQL may leave a statement unanswered before its connection counts as dead. */
  silenceMs?: number
  onExit?: (code: number | null) => void
  /** What an empty folder of the embedded engine is made from, if not the plain template. */
  template?: Template | undefined
}

/** Opens PostgreSQL when a URL is given, else starts the embedded engine on `dir`. */
export async function openDatabase(o: DatabaseOptions): Promise<Database> {
  if (o.url) {
    // Compiling a statement takes longer than any of ours runs.
    const settings = { connectionString: o.url, connectionTimeoutMillis: 10_000, keepAlive: true, options: '-c jit=off' }
    const pool = new pg.Pool({ ...settings, max: o.poolSize ?? 10, query_timeout: o.silenceMs ?? SILENCE_MS })
    return connect(pool, { owners: new pg.Pool({ ...settings, max: 2 }) })
  }
  const engine = await startEngine({
    dir: o.dir,
    ...(o.onExit ? { onExit: o.onExit } : {}),
    ...(o.template ? { template: o.template } : {}),
  })
  // Exactly one connection: the socket interleaves the messages of several (docs/decisions/0002-one-connection.md).
  return connect(new pg.Pool({ ...engine.connection, max: 1, connectionTimeoutMillis: 30_000 }), { engine })
}

// Within a transaction the server itself ends a statement after 30 s: who is silent for longer is not there any more, though the socket
// looks alive (a router forgot it, the machine behind it is gone), and nobody else would ever free the connection. What the owner does
// (a migration, a vacuum) may take as long as it takes.
const SILENCE_MS = 40_000

function connect(pool: pg.Pool, { owners = pool, engine }: { owners?: pg.Pool; engine?: Engine }): Database {
  for (const each of new Set([pool, owners])) {
    each.on('error', () => {}) // an idle connection that dies is replaced
    each.on('connect', (client) => client.on('error', () => {})) // one that dies in use rejects its next query
  }
  const owner: Db = new Kysely({ dialect: new PostgresDialect({ pool: owners }) })
  return {
    kind: engine ? 'embedded' : 'postgres',
    owner,
    pool,
    begin: (tenant, work, o) => transaction(pool, opening(tenant, o?.snapshot ?? false), work),
    vacuum: async () => void (await (engine?.unwatched(() => pool.query('vacuum analyze')) ?? owners.query('vacuum analyze'))),
    unwatched: (work) => (engine ? engine.unwatched(work) : work()),
    barrier: async () => engine?.barrier(),
    close: async () => {
      await owner.destroy()
      if (owners !== pool) await pool.end()
      await engine?.stop()
    },
  }
}

const inside = new AsyncLocalStorage<true>()

/** Whether the caller runs inside a transaction of ours, which on the embedded engine holds the only connection. */
export const isInsideTransaction = (): boolean => inside.getStore() === true

async function transaction<T>(pool: pg.Pool, first: string, work: (db: Db) => Promise<T>): Promise<T> {
  // With a single connection a second transaction begun inside the first waits for ever; refuse it on both databases alike.
  if (isInsideTransaction()) throw new Error('a transaction was begun inside a transaction: pass the db that you were given')
  const client = await pool.connect()
  let broken = false
  try {
    await client.query(first)
    const result = await inside.run(true, () => bind(client).connection().execute(work))
    await commit(client)
    return result
  } catch (e) {
    broken = isSilent(e) || !(await client.query('rollback').catch(() => undefined))
    throw e
  } finally {
    if (broken) giveUp(client)
    else client.release()
  }
}

// A second statement would wait as long for nothing.
const isSilent = (e: unknown) => e instanceof Error && e.message === 'Query read timeout'

/** Ends a connection in an unknown state. Its place in the pool is free when it is closed and no sooner: the embedded engine takes one at a time. */
export function giveUp(client: pg.PoolClient): void {
  const ended = (client as unknown as pg.Client).end()
  void ended.catch(() => {}).finally(() => client.release(true))
}

// A transaction in which a statement failed answers `commit` with ROLLBACK and no error: whoever swallowed the error would acknowledge a loss.
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error(`the transaction was rolled back (${command}): an error of a statement was swallowed`)
}

/**
 * Stands before a statement that comes with every request: it is planned once on each connection and not every time. Only for one whose plan
 * does not depend on its values, and whose text is always the same: each text is kept for the life of the connection.
 */
export const PLANNED_ONCE = sql.raw('/* planned once */ ')
const MARK = '/* planned once */'

const nameOf = (text: string) => createHash('sha1').update(text).digest('base64url')
const names = new Map<string, string>()

/** The query of a client, which names what is to be planned once. */
function naming(client: pg.PoolClient): pg.PoolClient['query'] {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const named = (text: unknown, values: unknown, ...more: unknown[]) => {
    if (typeof text !== 'string' || !text.startsWith(MARK)) return query(text, values, ...more)
    const name = names.get(text) ?? nameOf(text)
    names.set(text, name)
    return query({ name, text, values }, ...more)
  }
  return named as pg.PoolClient['query']
}

/** Kysely on one connection, which it neither opens nor gives back. */
function bind(client: pg.PoolClient): Db {
  const only = { query: naming(client), release() {} }
  return new Kysely({ dialect: new PostgresDialect({ pool: { connect: async () => only, end: async () => {}, options: {} } }) })
}

/** One message: begin, drop to the unprivileged role, see only this tenant. `SET LOCAL` only, as the connection is shared. */
function opening(tenant: number, snapshot: boolean): string {
  if (!Number.isInteger(tenant)) throw new Error(`tenant ${tenant} is not a whole number`)
  return `begin${snapshot ? ' isolation level repeatable read' : ''}; set local statement_timeout = '30s'; select set_config('role','qinba_app',true), set_config('app.tenant','${tenant}',true)`
}

/** Lets the current transaction see what the scope allows; until then row-level security shows nothing that has a scope. */
export async function widen(db: Db, scope: Scope): Promise<void> {
  await sql`select set_config('app.areas', ${scope.areas === '*' ? '*' : scope.areas.join(',')}, true),
    set_config('app.orgs', ${scope.orgs.join(',')}, true), set_config('app.clearance', ${String(scope.clearance)}, true),
    set_config('app.area_clearance', ${String(scope.areaClearance ?? scope.clearance)}, true),
    set_config('app.audits', ${scope.audits ? 'on' : ''}, true)`.execute(db)
}
