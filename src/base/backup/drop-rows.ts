import { rename } from 'node:fs/promises'
import { readLines, writeLines } from './lines.ts'
import type { Table } from './tables.ts'

/** A file of rows read early, and the keys of those that were still there at the moment of the backup. */
export interface Drop {
  table: Table
  file: string
  left: ReadonlySet<string>
}

/** Writes the file anew without the rows that were changed or deleted while it was read. */
export async function dropRows({ table, file, left }: Drop): Promise<void> {
  const kept = async function* () {
    for await (const line of readLines(file)) if (left.has(keyText(keyOf(table, line)))) yield line
  }
  const n = await writeLines(`${file}.kept`, kept())
  if (n !== left.size) throw new Error(`${table.schema}.${table.name}: ${n} rows were read, ${left.size} are there`)
  await rename(`${file}.kept`, file)
}

/** A key as one text, to be found in a set. */
export const keyText = (key: readonly (string | null)[]): string => JSON.stringify(key)

/** The values of a row's primary key, out of the line that the row became. */
export function keyOf({ columns, key }: Pick<Table, 'columns' | 'key'>, line: string): (string | null)[] {
  const values = JSON.parse(line) as (string | null)[]
  return key.map((k) => values[columns.findIndex((c) => c.name === k)] ?? null)
}
