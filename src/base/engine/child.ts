import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { postgis } from '@electric-sql/pglite-postgis'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { tendSession, walCount } from './checkpoints.ts'
import { durableFiles } from './durable-files.ts'
import { acquireLock } from './lock.ts'
import { CHILD_LOCK, exits, type FromChild, type Order, type ToChild } from './messages.ts'

const order = JSON.parse(process.argv[2] ?? '') as Order
const wal = walCount()
const lastLines: string[] = []

// The terminal's Ctrl-C and a supervisor's TERM reach the whole group; the parent ends us in its own time.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit(0))
process.on('uncaughtException', (e) => die(exits.software, e.stack ?? String(e)))
new Worker(new URL('./orphan.ts', import.meta.url), { workerData: order.parent }).unref()

main().catch((e: unknown) => {
  const why = [String(e), ...lastLines].join('\n')
  if (!process.send) die(exits.retry, why)
  process.send(say({ say: 'failed', why }), undefined, undefined, () => process.exit(exits.retry))
})

async function main(): Promise<void> {
  const lock = acquireLock(order.dir, CHILD_LOCK)
  const db = await open()
  if (order.task === 'bake') {
    for (const sql of ['create extension if not exists postgis', 'vacuum analyze']) await db.exec(sql)
    await db.close()
    lock.release()
    process.exit(0)
  }
  if (order.task === 'durable') await refuseUnlessDurable(db)
  tendSession(db, wal, (e) => die(exits.software, e.stack ?? String(e)))
  const server = new PGLiteSocketServer({ db, path: order.socket, maxConnections: 1 })
  await server.start()
  process.on('message', (m: ToChild) => {
    if (m.say === 'ping') process.send?.(say({ say: 'pong', n: m.n }))
    else
      void end(db, server)
        .then(() => lock.release())
        .then(() => process.exit(0))
  })
  process.send?.(say({ say: 'ready' }))
}

function open(): Promise<PGlite> {
  const extensions = { postgis: order.bundle ? { ...postgis, setup: withBundle(order.bundle) } : postgis }
  if (order.task !== 'durable') return PGlite.create({ fs: new NodeFS(order.dir), extensions })
  const fs = durableFiles({
    dir: order.dir,
    onFailure: (e) => die(exits.disk, `fsync failed: ${e.message}`),
    onLog,
    onWal: wal.add,
  })
  return PGlite.create({ fs, extensions, startParams: durableParams() })
}

function withBundle(bundle: string): typeof postgis.setup {
  return async (...args) => ({ ...(await postgis.setup(...args)), bundlePath: new URL(`file://${bundle}`) })
}

// `-F` is fsync=off. Emscripten's fdatasync does nothing, so the log must be forced by fsync.
function durableParams(): string[] {
  const settings = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'wal_sync_method=fsync']
  return [...PGlite.defaultStartParams.filter((p) => p !== '-F'), ...settings.flatMap((s) => ['-c', s])]
}

async function refuseUnlessDurable(db: PGlite): Promise<void> {
  const wanted = {
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_sync_method: 'fsync',
    data_sync_retry: 'off',
  }
  for (const [name, value] of Object.entries(wanted)) {
    const { rows } = await db.query<{ is: string }>('select current_setting($1) as is', [name])
    if (rows[0]?.is !== value) throw new Error(`the engine would not be durable: ${name} is ${rows[0]?.is}, not ${value}`)
  }
}

// After a PANIC (a full disk under the log, for one) PGlite spins for ever on the next query: end before it is asked one.
// Lines about statements and rows are dropped, they would carry personal data into the log.
function onLog(line: string): void {
  if (/\b(LOG|FATAL|PANIC):|^Aborted\(/.test(line)) lastLines.push(line)
  if (lastLines.length > 20) lastLines.shift()
  if (/\bPANIC:|^Aborted\(/.test(line)) die(exits.retry, lastLines.join('\n'))
}

async function end(db: PGlite, server: PGLiteSocketServer): Promise<void> {
  await server.stop()
  await db.close()
}

function say(message: FromChild): FromChild {
  return message
}

function die(code: number, why: string): never {
  try {
    writeSync(2, `database engine: ${why}\n`)
  } catch {}
  process.exit(code)
}
