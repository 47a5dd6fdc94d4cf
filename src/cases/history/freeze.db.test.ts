import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { proveJournal } from '../../base/journal/prove.ts'
import { journalled } from '../../contexts.ts'
import { freezeMonths, recolourAll } from '../index.ts'

const at = (day: string) => new Date(`${day}T10:00:00+08:00`)

describe('months in which nothing ran', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ now: at('2026-03-10') })
    const silent = await walk.walkTo(world, 'rectifying', { title: '三月起无人报进展' })
    const { measures } = silent['plan'] as { measures: { milestones: { id: string }[] }[] }
    const milestonesDone = measures.flatMap(({ milestones }) => milestones.map(({ id }) => id))
    await walk.move(world, silent, { who: 'unit-hantai', act: { move: 'progress', text: '已清运一半', milestonesDone } })
    const gone = await walk.report(world, { title: '六月才不予受理' })
    world.time.now = at('2026-05-20')
    await walk.report(world, { title: '五月才登记' })
    world.time.now = at('2026-06-15')
    await walk.move(world, gone, { who: 'office', act: { move: 'decline', reason: '不属于生态环境问题' } })
    world.time.now = at('2026-08-02')
    await recolourAll(world.house) // the colours that are seen say nothing of those months any more
  })
  afterAll(() => world.close())

  const rows = async () => {
    const found = await world.house.database.pool.query(`select s.month, p.title, s.colour from cases.colour_snapshot s
      join cases.problem p on p.id = s.case_id`)
    return found.rows.map((r: { month: string; title: string; colour: string }) => [r.month, r.title, r.colour].join(' ')).sort()
  }
  const frozenOn = async () =>
    (
      await world.house.database.pool.query(`select distinct (frozen_at at time zone 'Asia/Shanghai')::date::text as day
        from cases.frozen_month`)
    ).rows

  it('are frozen one after another, each as it ended', async () => {
    const frozen = await freezeMonths(world.house)
    expect(frozen.map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05', '2026-06', '2026-07'])
    expect(frozen.map((done) => done.frozen)).toEqual([2, 2, 3, 2, 2])
  })

  it('with the cases and the colours of their last day, the months before among what they are judged by', async () => {
    expect(await rows()).toEqual([
      '2026-03 三月起无人报进展 yellow',
      '2026-03 六月才不予受理 green',
      '2026-04 三月起无人报进展 yellow',
      '2026-04 六月才不予受理 green',
      '2026-05 三月起无人报进展 red', // two months yellow
      '2026-05 五月才登记 green',
      '2026-05 六月才不予受理 green',
      '2026-06 三月起无人报进展 red',
      '2026-06 五月才登记 green',
      '2026-07 三月起无人报进展 red',
      '2026-07 五月才登记 green',
    ])
  })

  it('and say when they were frozen; a later run changes nothing, and the journal proves them', async () => {
    expect(await frozenOn()).toEqual([{ day: '2026-08-02' }])
    const before = await rows()
    expect(await freezeMonths(world.house)).toEqual([])
    expect(await rows()).toEqual(before)
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  })

  it('twelve in a run, the rest in the next', async () => {
    world.time.now = at('2027-09-01')
    const first = await freezeMonths(world.house)
    expect([first.length, first[0]?.month, first.at(-1)?.month]).toEqual([12, '2026-08', '2027-07'])
    expect((await freezeMonths(world.house)).map(({ month }) => month)).toEqual(['2027-08'])
    expect(await freezeMonths(world.house)).toEqual([])
  })
})

describe('a month that is frozen in time', () => {
  it('has the colours that were given on its last day, and reckons only those that were not', async () => {
    const world = await openWorld({ now: at('2026-06-10') })
    try {
      const c = await walk.walkTo(world, 'signed')
      world.time.now = at('2026-06-30')
      await recolourAll(world.house)
      await world.house.database.pool.query(`update cases.problem set colour_why = '["as given"]' where id = '${c.id}'`)
      world.time.now = at('2026-07-31')
      expect(await freezeMonths(world.house)).toEqual([{ month: '2026-06', frozen: 1 }])
      world.time.now = at('2026-08-01')
      expect(await freezeMonths(world.house)).toEqual([{ month: '2026-07', frozen: 1 }])
      const { rows } = await world.house.database.pool.query('select colour, why from cases.colour_snapshot order by month')
      expect(rows).toMatchObject([
        { colour: 'yellow', why: ['as given'] },
        { colour: 'red', why: [{ rule: 'overdue', inputs: { days: 31 } }] },
      ])
    } finally {
      await world.close()
    }
  })
})

describe('a city without a case', () => {
  it('has no month to freeze, and one without an open case is looked at once', async () => {
    const world = await openWorld({ now: at('2026-03-10') })
    try {
      world.time.now = at('2026-05-02')
      expect(await freezeMonths(world.house)).toEqual([])
      const c = await walk.report(world)
      await walk.move(world, c, { who: 'office', act: { move: 'decline', reason: '不属于生态环境问题' } })
      world.time.now = at('2026-07-02')
      expect(await freezeMonths(world.house)).toEqual([
        { month: '2026-05', frozen: 0 },
        { month: '2026-06', frozen: 0 },
      ])
      expect(await freezeMonths(world.house)).toEqual([])
      expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
    } finally {
      await world.close()
    }
  })
})
