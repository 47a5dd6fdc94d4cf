import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readLines } from '../../src/base/backup/lines.ts'
import { readSnapshot, type Snapshot } from '../../src/base/backup/snapshot.ts'
import { openWorld, type World } from '../world.ts'

// An embedded engine starts in each restore; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: World
let folder: string
beforeAll(async () => {
  world = await openWorld({ people: false })
  folder = mkdtempSync(join(tmpdir(), 'qinba-snapshot-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const query = async (text: string, values: unknown[] = []) => (await world.house.database.pool.query(text, values)).rows

/** Rows of one table of a snapshot, as objects of texts. */
async function rowsOf(snapshot: Snapshot, schema: string, name: string): Promise<Record<string, string>[]> {
  const table = snapshot.tables.find((t) => t.schema === schema && t.name === name)!
  const rows: Record<string, string>[] = []
  for (const file of table.files)
    for await (const line of readLines(file)) {
      const values = JSON.parse(line) as string[]
      rows.push(Object.fromEntries(table.columns.map((c, i) => [c.name, values[i]!])))
    }
  expect(rows.length).toBe(table.rows)
  return rows
}

const sum = (rows: Record<string, string>[], column: string) => rows.reduce((n, row) => n + Number(row[column]), 0)

// Money in 600 purses: a transaction moves some between two, now and then closes one into another or opens a new one, and writes the
// same change down in a second table. In every single moment the sums are what they were at the beginning.
async function transfer(n: number): Promise<void> {
  const client = await world.house.database.pool.connect()
  const [from, to] = [n % 600, (n * 7 + 13) % 600].sort((a, b) => a - b)
  try {
    await client.query('begin')
    if (n % 5 === 0) {
      const gone = await client.query(`delete from base.number where tenant = 1 and year = $1 returning last`, [from])
      const left = Number(gone.rows[0]?.last ?? 0)
      await client.query(
        `insert into base.number values (1, $1, 'purse', $2)
        on conflict (tenant, year, name) do update set last = base.number.last + excluded.last`,
        [1000 + n, left],
      )
    } else {
      const taken = await client.query(`update base.number set last = last - 1 where tenant = 1 and year = $1 returning 1`, [
        from,
      ])
      const given = await client.query(`update base.number set last = last + 1 where tenant = 1 and year = $1 returning 1`, [to])
      if (taken.rowCount !== given.rowCount)
        await client.query(`update base.number set last = last + ${(taken.rowCount ?? 0) - (given.rowCount ?? 0)}
        where tenant = 1 and year = 100000`)
    }
    await client.query(`insert into base.throttle values (1, $1, 1, now())`, [`t${n}`])
    await client.query(`update base.number set last = last + 1 where tenant = 1 and year = 200000`)
    await client.query('commit')
  } catch (e) {
    await client.query('rollback')
    throw e
  } finally {
    client.release()
  }
}

describe('the rows of one moment', () => {
  it('are of one moment, while rows are changed, deleted, and put in all the time', async () => {
    await query(`insert into base.number select 1, g, 'purse', 1000 from generate_series(0, 599) g`)
    await query(`insert into base.number values (1, 100000, 'purse', 0), (1, 200000, 'count', 0)`)
    let isOn = true
    let n = 0
    const writer = async () => {
      while (isOn) await transfer(n++)
    }
    const writers = [writer()] // one: two would wait for each other's rows
    for (let round = 0; round < 2; round++) {
      const before = n
      const snapshot = await readSnapshot(world.house.database, mkdtempSync(join(folder, 'round-')))
      expect(n).toBeGreaterThan(before)
      const numbers = await rowsOf(snapshot, 'base', 'number')
      const purses = numbers.filter((r) => r['name'] === 'purse')
      expect(sum(purses, 'last')).toBe(600_000)
      expect(new Set(purses.map((r) => r['year'])).size).toBe(purses.length)
      const written = (await rowsOf(snapshot, 'base', 'throttle')).filter((r) => r['key']!.startsWith('t')).length
      expect(Number(numbers.find((r) => r['name'] === 'count')!['last'])).toBe(written)
    }
    isOn = false
    await Promise.all(writers)
  })

  it('leave out what was never committed, and keep what a value says exactly', async () => {
    const client = await world.house.database.pool.connect()
    await client.query('begin')
    await client.query(`insert into base.number values (1, 300000, 'never', 1)`)
    await client.query('rollback')
    client.release()
    const value = {
      quote: '"',
      line: 'a\nb',
      tab: '\t',
      back: '\\',
      emoji: '🌲',
      zero: -0.1,
      big: 12345678901234567890n.toString(),
    }
    await query(`insert into base.rule values (1, 'exact', 'k', '2026-02-28', null, $1, '来源', 'V')`, [JSON.stringify(value)])
    const snapshot = await readSnapshot(world.house.database, mkdtempSync(join(folder, 'exact-')))
    expect((await rowsOf(snapshot, 'base', 'number')).filter((r) => r['name'] === 'never')).toEqual([])
    const rule = (await rowsOf(snapshot, 'base', 'rule')).find((r) => r['kind'] === 'exact')!
    expect(JSON.parse(rule['value']!)).toEqual(value)
    expect([rule['valid_from'], rule['valid_to']]).toEqual(['2026-02-28', null])
  })
})
