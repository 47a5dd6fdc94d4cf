import { describe, expect, it } from 'vitest'
import { toDay } from '../../../../base/rules/day.ts'
import { type BulletinFacts, bulletinData, bulletinDocument } from './bulletin.ts'

const FACTS: BulletinFacts = {
  ...{ month: '2026-10', lastDay: toDay('2026-10-31'), frozenOn: '2026-11-01', before: { open: 41, done: 9 }, reported: 7 },
  counties: [
    { name: '汉台区', green: 20, yellow: 3, red: 2, overdue: 2, done: 6 },
    { name: '城固县', green: 10, yellow: 0, red: 1, overdue: 0, done: 6 },
  ],
  inTime: { n: 9, of: 11 },
  red: [{ no: 'HZ-2026-000007', title: '弃渣堆放', unit: '汉台区住建局', county: '汉台区', due: toDay('2026-10-11'), met: null }],
  redMore: 1,
  good: [
    { no: 'HZ-2026-000003', title: '油烟直排', unit: null, county: '城固县', due: toDay('2026-10-30'), met: toDay('2026-10-10') },
  ],
  minimum: 30,
}

describe('the monthly bulletin', () => {
  it('says every number as it was counted', () => {
    const data = bulletinData(FACTS)
    expect(data.summary).toBe(
      '截至 2026年10月31日，全市在办生态环境问题 36 件，比上月末减少 5 件，其中绿色 30 件、黄色 3 件、红色 3 件。2026年10月销号 12 件，比上月增加 3 件。三色以 2026年11月1日冻结的月度快照为准。',
    )
    expect(data.progressText).toBe(
      '2026年10月新登记问题 7 件，销号 12 件。销号较多的是汉台区、城固县（各 6 件）。销号问题中有时限的 11 件，按期完成整改 9 件（样本不足 30，不计百分比）。提前办结的有 城固县“油烟直排”。',
    )
    expect(data.problemsText).toBe('月末超期 2 件：汉台区 2 件。超期的红色问题列于下表（另有 1 件未列）。')
    expect(data.nextText).toContain('汉台区住建局要对超期问题逐件说明原因')
    expect(data.redCases).toEqual([
      { no: 'HZ-2026-000007', title: '汉台区：弃渣堆放', unit: '汉台区住建局', why: '应于 2026年10月11日前完成，月末超期 20 天' },
    ])
    expect(data.goodCases[0]).toMatchObject({ unit: '未定', why: '2026年10月10日完成，提前 20 天' })
  })

  it('gives a share where there are enough, and names nobody where nothing is overdue', () => {
    const calm = {
      ...{ ...FACTS, inTime: { n: 30, of: 40 }, red: [], redMore: 0, before: null },
      counties: FACTS.counties.map((line) => ({ ...line, overdue: 0 })),
    }
    const data = bulletinData(calm)
    expect(data.progressText).toContain('按期完成整改 30 件（占 75%）')
    expect(data.problemsText).toContain('月末没有超期问题')
    expect(data.summary).not.toContain('上月')
    expect(data.nextText).not.toContain('超期')
  })

  it('as a document has four parts and a table whose last row is the sum', () => {
    const document = bulletinDocument(bulletinData(FACTS), { office: '市环督办', today: toDay('2026-11-02') })
    expect(document.title).toBe('关于2026年10月生态环境问题整治工作情况的通报')
    expect(document.body.filter((block) => block.kind === 'heading')).toHaveLength(4)
    const table = document.body.find((block) => block.kind === 'table' && block.rows[0]!.length === 7)
    expect(table?.kind === 'table' && table.rows.at(-1)!.map(({ text }) => text)).toEqual([
      '合计',
      '36',
      '12',
      '2',
      '30',
      '3',
      '3',
    ])
  })
})
