import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../base/rules/day.ts'
import { countyAt, indexBoundaries } from '../../places/rules/locate.ts'
import type { Case, Point } from '../rules/case.ts'
import { isEnded, PATHS } from '../rules/codes.ts'
import { POLLUTION_LABELS } from '../rules/labels.ts'
import { type DemoData, demoRows, realTable, sampleTable } from './demo.ts'
import { importTable } from './import-table.ts'
import { AREAS, memorySink, TODAY } from './test-kit.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../data/${path}`, import.meta.url), 'utf8'))
const DATA = read('demo/610700.json') as DemoData
const OPTIONS = { data: DATA, today: TODAY, seed: 20_210_602, areas: AREAS }

const demo = once(async () => {
  const sink = memorySink()
  const index = indexBoundaries(read('places/610700/counties.wgs84.geojson'))
  const located = {
    ...sink,
    countiesOf: async (points: readonly Point[]) => points.map(({ lng, lat }) => countyAt(index, lng, lat)),
  }
  const reports = [
    await importTable(located, realTable(OPTIONS), { file: '公开公示' }),
    await importTable(located, sampleTable(OPTIONS), { file: '示例数据' }),
  ]
  return { sink, cases: sink.cases, reports }
})

const count = <T>(list: readonly T[], keyOf: (item: T) => string) => {
  const counts: Record<string, number> = {}
  for (const item of list) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}
const samplesOf = (cases: readonly Case[]) => cases.filter((c) => c.sample)

describe('the demo list', () => {
  it('takes every row', async () => {
    const { reports } = await demo()
    expect(reports.map(({ read, added, refused }) => [read, added, refused])).toEqual([
      [1, 1, []],
      [238, 238, []],
    ])
  })

  it('counts by county, by type and by end as published on 2021-06-02', async () => {
    const { cases } = await demo()
    const samples = samplesOf(cases)
    const nameOf = (c: Case) => AREAS.find(({ code }) => code === c.place.region)!.name.replace('汉中经济技术', '经济')
    expect(count(samples, nameOf)).toEqual(DATA.published.byUnit)
    expect(
      count(
        samples.flatMap((c) => c.pollution),
        (type) => POLLUTION_LABELS[type].zh,
      ),
    ).toEqual(DATA.published.byType)
    expect(samples.filter((c) => isEnded(c.state)).length).toBe(157)
    expect(samples.filter((c) => !isEnded(c.state)).length).toBe(81)
  })

  it('has the published row as it is, and only samples beside it', async () => {
    const { cases } = await demo()
    const [real, ...others] = cases
    expect(real).toMatchObject({
      sample: false,
      place: { region: '610700' },
      planDocNo: '汉字〔2024〕88号',
      state: 'publicising',
    })
    expect(real?.originalText).toMatch(/^第四项 落实“三管三必须”责任还不到位/)
    expect(real?.imported?.words?.['来源链接']).toMatch(/^http:\/\/hbj\.hanzhong\.gov\.cn\//)
    expect(others.every((c) => c.sample && c.originalNo?.startsWith('示例-'))).toBe(true)
  })

  it('has something for every screen: paths, states, due soon, overdue, long-term, on notice now', async () => {
    const samples = samplesOf((await demo()).cases)
    expect(Object.keys(count(samples, (c) => c.path)).sort()).toEqual([...PATHS].sort())
    const states = Object.keys(count(samples, (c) => c.state))
    for (const state of [
      'reported',
      'triaged',
      'assigned',
      'signed',
      'plan_submitted',
      'rectifying',
      'self_checked',
      'county_accepted',
    ]) {
      expect(states).toContain(state)
    }
    for (const state of ['city_accepted', 'publicising', 'filed', 'closed', 'unfounded']) expect(states).toContain(state)
    const working = samples.filter((c) => c.state === 'rectifying')
    expect(working.some((c) => c.due !== undefined && c.due < TODAY)).toBe(true)
    expect(working.some((c) => c.due !== undefined && c.due >= TODAY && c.due <= addDays(TODAY, 30))).toBe(true)
    expect(working.some((c) => c.term?.also?.includes('long_term'))).toBe(true)
    expect(samples.some((c) => c.state === 'publicising' && c.notice!.lastDay >= TODAY)).toBe(true)
    expect(samples.some((c) => c.incomplete.length > 0)).toBe(true)
  })

  it('is the same for the same seed, keeps its identity on another day, and adds nothing when it runs again', async () => {
    expect(demoRows(OPTIONS)).toEqual(demoRows(OPTIONS))
    const { sink } = await demo()
    const later = sampleTable({ ...OPTIONS, today: addDays(TODAY, 9) })
    const again = await importTable(
      { ...sink, today: addDays(TODAY, 9) },
      { ...later, rows: later.rows.map(withoutPoint) },
      { file: '示例数据' },
    )
    expect([again.added, again.same]).toEqual([0, 238])
  })
})

function withoutPoint(row: ReturnType<typeof demoRows>[number]) {
  const { point: _, ...fields } = row.fields
  return { ...row, fields }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
