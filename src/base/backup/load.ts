import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { Differs } from './check.ts'
import type { Head, TableHead } from './format.ts'
import { readLines } from './lines.ts'
import { listTables, type Table } from './tables.ts'

/** Takes the rows of a backup into a schema of the same level, which holds none of ours yet. */
export interface Loader {
  /** The rows of one entry. */
  table(name: string, content: Readable): Promise<void>
  /** Counts what came, and puts the foreign keys back, each checked against every row. */
  end(): Promise<void>
}

/** Makes room: what migrations put in is taken out, and foreign keys wait until all rows are there, as they come in any order. */
export async function openLoader(db: Db, head: Head): Promise<Loader> {
  const tables = await listTables(db)
  refuseOtherShape(head, tables)
  const keys = await listForeignKeys(db)
  for (const key of keys) await sql`alter table ${sql.id(key.schema, key.name)} drop constraint ${sql.id(key.key)}`.execute(db)
  for (const t of tables) await sql`delete from ${sql.id(t.schema, t.name)}`.execute(db)
  const loaded = new Map<TableHead, number>()
  return {
    async table(name, content) {
      const table = head.tables.find((t) => t.parts.includes(name))
      if (!table) throw new Differs(`${name}: 没有表需要它 / belongs to no table`)
      loaded.set(table, (loaded.get(table) ?? 0) + (await insertLines(db, table, readLines(content))))
    },
    async end() {
      const short = head.tables.find((t) => (loaded.get(t) ?? 0) !== t.rows)
      if (short)
        throw new Differs(`${short.schema}.${short.name}: ${loaded.get(short) ?? 0} 行，应为 / rows, expected ${short.rows}`)
      for (const key of keys)
        await sql`alter table ${sql.id(key.schema, key.name)} add constraint ${sql.id(key.key)} ${sql.raw(key.definition)}`.execute(
          db,
        )
    },
  }
}

function refuseOtherShape(head: Head, tables: Table[]): void {
  const shapeOf = (t: Pick<Table, 'schema' | 'name' | 'columns'>) =>
    `${t.schema}.${t.name} (${t.columns.map((c) => `${c.name} ${c.type}`).join(', ')})`
  const here = new Set(tables.map(shapeOf))
  const stranger = head.tables.find((t) => !here.has(shapeOf(t)))
  if (stranger)
    throw new Differs(`表结构不符 / a table of the backup is not the one that its migrations make: ${shapeOf(stranger)}`)
}

interface ForeignKey {
  schema: string
  name: string
  key: string
  definition: string
}

async function listForeignKeys(db: Db): Promise<ForeignKey[]> {
  const tables = await listTables(db)
  const { rows } =
    await sql<ForeignKey>`select n.nspname as schema, r.relname as name, c.conname as key, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = r.relnamespace
    where c.contype = 'f' and c.conparentid = 0 order by 1, 2, 3`.execute(db)
  return rows.filter((k) => tables.some((t) => t.schema === k.schema && t.name === k.name))
}

const BATCH_CHARACTERS = 1_000_000
const BATCH_ROWS = 2000

async function insertLines(db: Db, table: TableHead, lines: AsyncIterable<string>): Promise<number> {
  let batch: string[] = []
  let characters = 0
  let n = 0
  const flush = async () => {
    if (batch.length > 0) await insert(db, table, batch)
    n += batch.length
    batch = []
    characters = 0
  }
  for await (const line of lines) {
    batch.push(line)
    characters += line.length
    if (characters >= BATCH_CHARACTERS || batch.length >= BATCH_ROWS) await flush()
  }
  await flush()
  return n
}

// One parameter for any number of rows. Each value is the text that PostgreSQL itself wrote, read back by the type of its column.
async function insert(db: Db, table: TableHead, lines: string[]): Promise<void> {
  const names = sql.join(table.columns.map((c) => sql.ref(c.name)))
  const values = sql.join(table.columns.map((c, i) => sql`(v ->> ${sql.lit(i)})::${sql.raw(c.type)}`))
  await sql`insert into ${sql.id(table.schema, table.name)} (${names}) overriding system value
    select ${values} from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) as r (v)`.execute(db)
}
