import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { commandCtx } from './command.ts'
import { importCases } from './run.ts'
import { csvOf, fileOf } from './test-files.ts'

let world: World
let statements: string[] = []
beforeAll(async () => {
  world = await openWorld()
  // Every statement of a transaction goes through a client of the pool.
  const counted = new WeakSet<pg.PoolClient>()
  world.house.database.pool.on('acquire', (client) => {
    if (counted.has(client)) return
    counted.add(client)
    const query = client.query.bind(client) as (...words: unknown[]) => unknown
    client.query = ((...words: unknown[]) => {
      const [first] = words as [{ text?: string } | string]
      const text = typeof first === 'string' ? first : (first.text ?? '')
      if (!text.includes('pgboss')) statements.push(text)
      return query(...words)
    }) as typeof client.query
  })
})
afterAll(() => world.close())

const HEADER = ['序号', '反馈问题', '问题编号', '所属县区', '经纬度', '责任单位', '整改时限', '验收时间']
// What a machine with other work takes long for, on the embedded engine.
const LONG = { timeout: 240_000 }

const listOf = (name: string, n: number, unit: (at: number) => string) =>
  fileOf(
    `${name}.csv`,
    csvOf([
      HEADER,
      ...Array.from({ length: n }, (_, at) => [
        ...[String(at + 1), `某砂场问题${at}`, `${name}-${at}`, '汉台区', `107.0${at % 10},33.07`],
        ...[unit(at), '2026年12月底前', ''],
      ]),
    ]),
  )

async function counting(file: string, source = 'city_inspection') {
  statements = []
  const report = await importCases(commandCtx(world.house), { file, source })
  return { report, statements }
}

describe('the work of an import, counted', () => {
  it('is a few statements a transaction, however many rows and new organisations it has', LONG, async () => {
    const one = await counting(listOf('one', 1, () => '甲公司'))
    const many = await counting(listOf('many', 200, (at) => `乙${at}公司`))
    expect(many.report).toMatchObject({ added: 200, refusedRows: 0 })
    expect(many.report.createdOrganisations).toHaveLength(200)
    expect(many.statements.length).toBe(one.statements.length)
  })

  it('is at most 20 statements a transaction of up to 500 rows, its own begin and commit included', LONG, async () => {
    const { report, statements } = await counting(listOf('long', 700, () => '甲公司'))
    expect(report.added).toBe(700)
    const writes = statements.filter((text) => text.includes('insert into cases.problem')).length
    expect(statements.filter((text) => text.includes('base.number'))).toHaveLength(writes)
    expect(statements.filter((text) => text.includes('places.boundary'))).toHaveLength(writes)
    // A slow machine makes its transactions shorter: what is bounded is the work of each.
    expect((statements.length - 8) / writes).toBeLessThanOrEqual(20)
  })

  it('takes numbers without a gap, and the colour of each case is there from the start', async () => {
    const { rows } = await world.house.database.pool.query(
      `select no, colour, colour_on is not null as dated from cases.problem where source_key is not null order by no`,
    )
    const numbers = rows.map((row: { no: string }) => Number(row.no.split('-')[2]))
    expect(numbers).toEqual(numbers.map((_: number, at: number) => numbers[0]! + at))
    expect(rows.every((row: { dated: boolean }) => row.dated)).toBe(true)
  })

  it('looks a known row up by its key, and reads no more of the list however long it is', async () => {
    const { rows } = await world.house.database.pool.query(`explain select found.* from unnest(array['a','b']) as asked (key),
      lateral (select source_key as key, no, doc ->> 'originalText' as text from cases.problem
        where tenant = 610700 and source_key = asked.key limit 1) as found`)
    expect(rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')).toMatch(
      /Index (Only )?Scan using problem_tenant_source_key_key/,
    )
  })

  it('adds nothing the second time', async () => {
    const { report, statements } = await counting(listOf('many', 200, (at) => `乙${at}公司`))
    expect(report).toMatchObject({ added: 0, same: 200 })
    expect(statements.some((text) => /insert|update|delete/i.test(text))).toBe(false)
  })
})

describe('a batch that fails', () => {
  it('leaves nothing half-written, what was written before it stays, and running it again goes on', LONG, async () => {
    const file = listOf('cut', 450, (at) => (at < 200 ? '甲公司' : '丙公司'))
    const count = async () =>
      (await world.house.database.pool.query(`select count(*)::int as n from cases.problem where original_no like 'cut-%'`))
        .rows[0].n
    let batches = 0
    const ctx = commandCtx(world.house)
    const failing = {
      ...ctx,
      tx: <T>(work: Parameters<typeof ctx.tx<T>>[0]) =>
        ctx.tx<T>(async (db) => {
          statements = []
          const answer = await work(db)
          if (statements.some((text) => text.includes('insert into cases.problem')) && ++batches === 2)
            throw new Error('the power went')
          return answer
        }),
    }
    await expect(importCases(failing, { file, source: 'city_inspection' })).rejects.toThrow('the power went')
    expect(await count()).toBe(200)
    expect(
      (await world.house.database.pool.query(`select count(*)::int as n from people.organisation where name = '丙公司'`)).rows[0]
        .n,
    ).toBe(0)
    expect(await importCases(ctx, { file, source: 'city_inspection' })).toMatchObject({ read: 450, same: 200, added: 250 })
    expect(await count()).toBe(450)
  })
})

describe('a city without boundaries', () => {
  it('keeps points as they are given, in a sheet and in a report', async () => {
    const { pool } = world.house.database
    const { rows } = await pool.query('delete from places.boundary returning *')
    expect(rows.length).toBe(11)
    const far = fileOf('far.csv', csvOf([HEADER.slice(0, 5), ['1', '某问题', 'F-1', '汉台区', '116.4,39.9']]))
    expect(await importCases(commandCtx(world.house), { file: far, source: 'city_inspection' })).toMatchObject({ added: 1 })
    const place = { region: '610702', point: { lng: 116.4, lat: 39.9 } }
    const body = { source: 'hotline_12345', originalText: '某处异味', title: '某处异味', place, pollution: ['air'] }
    const answer = await (await world.as('office')).post('/api/cases', body)
    expect([answer.statusCode, answer.json().place?.point ?? answer.body]).toEqual([201, place.point])
  })
})
