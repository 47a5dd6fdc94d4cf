import { existsSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import pg from 'pg'
import { type Engine, startEngine } from '../../src/base/engine/start.ts'
import type { Tally } from './campaign.ts'

// The subject of the crash campaigns: four writers over the engine's one connection, each acknowledging what it has committed.
// --ack early acknowledges before the commit, --mode stock is PGlite as it comes: the controls, which must lose.
const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    witness: { type: 'string' },
    mode: { type: 'string', default: 'durable' },
    ack: { type: 'string', default: 'late' },
    checkpoint: { type: 'boolean', default: false },
  },
})
const WRITERS = 4
const BALLAST = 15_000
const witness = openSync(values.witness!, 'a')
const force = promisify(fdatasync)

const engine = await startEngine({
  dir: values.dir!,
  mode: values.mode === 'stock' ? 'stock' : 'durable',
  onExit: () => process.exit(1),
})
const pool = new pg.Pool({ ...engine.connection, max: 1 })
pool.on('error', () => {})
await prepare()
let last = await lastId()
const tally = await compare(engine)
writeSync(1, `READY ${JSON.stringify(tally)}\n`)
const work = Array.from({ length: WRITERS }, (_, writer) => write(writer))
if (values.checkpoint) work.push(checkpoint())
await Promise.all(work)

async function prepare(): Promise<void> {
  await pool.query('create table if not exists report(id bigint primary key, writer int, place geometry(Point, 4326), pad text)')
  await pool.query('create index if not exists report_place on report using gist (place)')
  await pool.query('create table if not exists tally(writer int primary key, n int not null)')
  await pool.query('insert into tally select g, 0 from generate_series(0, $1::int - 1) g on conflict do nothing', [WRITERS])
  await pool.query('create table if not exists ballast(id int primary key, pad text)')
}

async function write(writer: number): Promise<void> {
  for (;;) {
    last++
    const id = last
    if (values.ack === 'early') await acknowledge(id)
    await commit(id, writer)
    if (values.ack === 'early') continue
    await engine.barrier()
    await acknowledge(id)
  }
}

async function commit(id: number, writer: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const place = [107 + (id % 997) / 1000, 33 + (id % 991) / 1000]
    await client.query('insert into report values ($1, $2, st_setsrid(st_point($3, $4), 4326), $5)', [
      id,
      writer,
      ...place,
      'x'.repeat(300),
    ])
    await client.query('update tally set n = n + 1 where writer = $1', [writer])
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function acknowledge(id: number): Promise<void> {
  writeSync(witness, `${id}\n`)
  await force(witness)
}

// Dirties some forty megabytes of buffers, then announces the checkpoint that has to write them.
async function checkpoint(): Promise<void> {
  for (;;) {
    await sleep(600)
    const sql = 'insert into ballast select g, repeat(md5(random()::text || g), 30) from generate_series(1, $1::int) g'
    await pool.query(`${sql} on conflict (id) do update set pad = excluded.pad`, [BALLAST])
    writeSync(1, 'CHECKPOINT\n')
    await pool.query('checkpoint')
    writeSync(1, 'CHECKPOINTED\n')
  }
}

function witnessed(): number[] {
  if (!existsSync(values.witness!)) return []
  return readFileSync(values.witness!, 'utf8').split('\n').filter(Boolean).map(Number)
}

async function lastId(): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('select coalesce(max(id), 0) as id from report')
  return witnessed().reduce((a, b) => Math.max(a, b), Number(rows[0]!.id))
}

async function compare(engine: Engine): Promise<Tally> {
  const { rows } = await pool.query<{ id: string }>('select id from report')
  const there = new Set(rows.map((row) => Number(row.id)))
  const acknowledged = witnessed()
  const lost = acknowledged.filter((id) => !there.has(id)).length
  return { acknowledged: acknowledged.length, lost, wrong: await contradictions(there.size), engine: engine.pid }
}

// Each insert and its count were one transaction, every index must find every row, and checksums make a torn page an error.
async function contradictions(rows: number): Promise<string[]> {
  const half = await pool.query(
    'select writer, n from tally t where n <> (select count(*) from report r where r.writer = t.writer)',
  )
  const client = await pool.connect()
  await client.query('set enable_seqscan = off')
  const byKey = await client.query<{ n: string }>('select count(*) as n from report where id > 0')
  const byPlace = await client.query<{ n: string }>(
    'select count(*) as n from report where place && st_makeenvelope(106, 32, 109, 35, 4326)',
  )
  await client.query('reset enable_seqscan')
  await client.query('select count(md5(pad)) from ballast')
  client.release()
  const short = [byKey, byPlace].filter((found) => Number(found.rows[0]!.n) !== rows)
  return [...half.rows.map((row) => `half a transaction: ${JSON.stringify(row)}`), ...short.map(() => 'an index misses rows')]
}
