import { describe, expect, it } from 'vitest'
import type { SourceType, State } from '../rules/codes.ts'
import { faultsOf, startOf, TODAY } from './test-kit.ts'

const TEXT = '城固县某砂场未落实扬尘防治措施'
const ASSIGNED = { 反馈问题: TEXT, 责任单位: '城固县人民政府', 责任领导: '副县长张三', 整改时限: '2027年3月底前' }
const PLANNED = { ...ASSIGNED, 整改目标: '砂场规范作业', 整改措施: '1.建设围挡；2.配备雾炮', 验收单位: '市生态环境局' }
const WORKED = { ...PLANNED, 整改落实情况: '围挡已建成' }
const ACCEPTED = { ...WORKED, 验收时间: '2026年9月8日' }

describe('the ladder: a row stands where its columns prove', () => {
  const rungs: [string, Record<string, string>, State][] = [
    ['only the problem', { 反馈问题: TEXT }, 'reported'],
    ['a category', { 反馈问题: TEXT, 问题类别: '大气' }, 'triaged'],
    ['a unit', { 反馈问题: TEXT, 责任单位: '城固县人民政府' }, 'triaged'],
    ['unit, leader, term', ASSIGNED, 'assigned'],
    ['a day of signing', { ...ASSIGNED, 签收日期: '2026-09-02' }, 'signed'],
    ['goal and measures', PLANNED, 'plan_submitted'],
    ['goal and measures under a document number', { ...PLANNED, 整改方案文号: '汉字〔2024〕88号' }, 'rectifying'],
    ['progress', WORKED, 'rectifying'],
    ['self-check', { ...WORKED, 自查时间: '2026-08-01' }, 'self_checked'],
    ['county acceptance', { ...WORKED, 初验时间: '2026-08-20' }, 'county_accepted'],
    ['city acceptance', ACCEPTED, 'city_accepted'],
    ['a notice', { ...ACCEPTED, 公示起止: '2026-11-20至2026-12-03' }, 'publicising'],
    ['a filing', { ...ACCEPTED, 公示起止: '2026-10-12至2026-10-23', 备案文号: '汉环备〔2026〕3号' }, 'filed'],
    ['a day of clear-off', { ...ACCEPTED, 销号日期: '2026-11-01' }, 'closed'],
    ['a status', { ...WORKED, 整改状态: '已销号' }, 'closed'],
  ]
  it.each(rungs)('%s', (_, cells, state) => {
    expect(startOf(cells).state).toBe(state)
  })

  it('says which column proved it', () => {
    expect(startOf(ACCEPTED).words?.['状态依据']).toBe('验收时间')
    expect(startOf({ 反馈问题: TEXT }).words?.['状态依据']).toBeUndefined()
  })

  const paths: [string, SourceType, Record<string, string>, State][] = [
    ['a petition needs no approval of its plan', 'central_petition', PLANNED, 'rectifying'],
    ['a petition has no notice', 'central_petition', { ...ACCEPTED, 公示起止: '2026-11-20至2026-12-03' }, 'city_accepted'],
    ['a complaint is accepted by the county', 'hotline_12345', ACCEPTED, 'county_accepted'],
    ['a complaint is not signed', 'hotline_12345', { ...ASSIGNED, 签收日期: '2026-09-02' }, 'rectifying'],
    ['a patrol case in a core zone goes to the city', 'grid_patrol', { ...ACCEPTED, 秦岭分区: '核心保护区' }, 'city_accepted'],
    ['a patrol case elsewhere does not', 'grid_patrol', ACCEPTED, 'county_accepted'],
  ]
  it.each(paths)('%s', (_, source, cells, state) => {
    expect(startOf(cells, { source }).state).toBe(state)
  })

  const plans: [string, Record<string, string>, State][] = [
    ['a planned acceptance', { ...WORKED, 验收时间: '拟于2026年12月' }, 'rectifying'],
    ['a dash', { ...WORKED, 验收时间: '—' }, 'rectifying'],
    ['a notice that has not begun', { ...ACCEPTED, 公示起止: '2026-12-01至2026-12-14' }, 'city_accepted'],
    ['an opinion that refuses', { ...WORKED, 验收意见: '未通过验收，继续整改' }, 'rectifying'],
  ]
  it.each(plans)('%s proves nothing, and its words are kept', (_, cells, state) => {
    expect(startOf(cells).state).toBe(state)
  })
})

describe('a petition row', () => {
  const row = {
    受理编号: 'X2SN202106020012',
    交办问题基本情况: '1.汉台区某餐饮店油烟扰民；2.夜间施工噪声扰民',
    涉及区县及部门: '汉台区、市城市管理局',
    污染类型: '油烟、噪音',
    调查核实情况: '1.油烟净化设施未清洗，属实；2.未发现夜间施工',
    是否属实: '属实；不属实',
    处理处罚和问责情况: '责令限期改正',
  }

  it('keeps several claims and types apart, each with its finding', () => {
    const { claims, pollution } = startOf(row, { source: 'central_petition' })
    expect(pollution).toEqual(['fume', 'noise'])
    expect(claims).toEqual([
      {
        id: 'c1',
        text: '汉台区某餐饮店油烟扰民',
        pollution: ['fume'],
        finding: 'founded',
        findingText: '油烟净化设施未清洗，属实',
      },
      { id: 'c2', text: '夜间施工噪声扰民', pollution: ['noise'], finding: 'unfounded', findingText: '未发现夜间施工' },
    ])
  })

  it('binds the county as responsible and the department as supporting', () => {
    expect(startOf(row, { source: 'central_petition' }).duties).toEqual([
      { org: 'hantai', orgName: '汉台区人民政府', as: 'responsible' },
      { org: 'id of 市城市管理局', orgName: '市城市管理局', as: 'supporting' },
    ])
  })

  const ends: [string, string, State][] = [
    ['已办结', '属实', 'closed'],
    ['已办结', '不属实', 'unfounded'],
    ['阶段性办结', '属实', 'rectifying'],
    ['未办结', '部分属实', 'rectifying'],
    ['不予受理', '', 'declined'],
  ]
  it.each(ends)('%s and %s: %s', (status, finding, state) => {
    const start = startOf(
      { ...row, 办结状态: status, 是否属实: finding, 办结时间: status === '已办结' ? '2021-06-30' : '' },
      { source: 'central_petition' },
    )
    expect(start.state).toBe(state)
    if (state === 'closed') expect(start.closedOn).toBe('2021-06-30')
    if (state === 'unfounded') expect(start.ended).toMatchObject({ on: '2021-06-30' })
  })

  it('keeps what has no field in words', () => {
    expect(startOf(row, { source: 'central_petition' }).words).toMatchObject({ 处理处罚和问责情况: '责令限期改正', 序号: '1' })
  })
})

describe('terms and days', () => {
  it.each([
    ['2025年12月底前', 'by_day', '2025-12-31'],
    ['立行立改', 'at_once', undefined],
    ['立行立改，长期坚持', 'at_once', undefined],
    ['长期坚持', 'long_term', undefined],
    ['46022', 'by_day', '2025-12-31'],
  ])('%s keeps its words', (words, kind, day) => {
    const { term, due } = startOf({ ...ASSIGNED, 整改时限: words })
    expect(term).toMatchObject({ words, kind })
    expect(due).toBe(day)
  })

  it('refuses a day that cannot be, naming column, found and expected', () => {
    expect(faultsOf({ ...ASSIGNED, 整改时限: '2025年2月30日' })).toEqual([
      { line: 2, column: '整改时限', found: '2025年2月30日', expected: 'day 01–28', code: 'cases/import-bad-day' },
    ])
    expect(faultsOf({ ...WORKED, 验收时间: '已验收' })).toMatchObject([{ column: '验收时间', code: 'cases/import-bad-day' }])
    expect(faultsOf({ ...WORKED, 验收时间: '2030-01-01' })).toMatchObject([
      { column: '验收时间', code: 'cases/import-future-day' },
    ])
    expect(faultsOf({ ...ACCEPTED, 公示起止: '2026-11-20' })).toMatchObject([
      { column: '公示起止', code: 'cases/import-bad-window' },
    ])
  })

  it('takes a month as its last day, and the present month as today', () => {
    expect(startOf({ ...WORKED, 验收时间: '2026年9月' }).checks?.city?.on).toBe('2026-09-30')
    expect(startOf({ ...WORKED, 验收时间: '2026年11月' }).checks?.city?.on).toBe(TODAY)
  })

  it.each([
    ['2019-04-25 09:32:09', '2019-04-25'],
    ['2019/4/5 9:32', '2019-04-05'],
    ['2019年4月25日', '2019-04-25'],
    ['2019.4.25', '2019-04-25'],
    ['20190425', '2019-04-25'],
    ['43580', '2019-04-25'],
  ])('reads %s', (cell, day) => {
    expect(startOf({ ...WORKED, 验收时间: cell }).checks?.city?.on).toBe(day)
  })

  it('reads the days of a notice from the title of the sheet', () => {
    const start = startOf(
      { ...WORKED },
      { head: ['第三轮省生态环境保护督察报告整改销号公示(2025-12-12 至 2025-12-25)', '依据 汉字〔2024〕88号'] },
    )
    expect(start).toMatchObject({
      state: 'publicising',
      notice: { kind: 'notice', from: '2025-12-12', lastDay: '2025-12-25' },
      planDocNo: '汉字〔2024〕88号',
      batch: '第三轮省生态环境保护督察',
      reportedOn: '2025-12-12',
    })
  })
})

describe('the place', () => {
  it.each([
    ['its own column', { 反馈问题: '某问题', 所属县区: '南郑县' }, '610703'],
    ['a zone', { 反馈问题: '某问题', 所属县区: '经开区' }, '6107J1'],
    ['the whole city', { 反馈问题: '某问题', 所属县区: '市级' }, '610700'],
    ['several counties', { 反馈问题: '某问题', 所属县区: '洋县、勉县' }, '610700'],
    ['the responsible unit', { 反馈问题: '某问题', 责任单位: '略阳县水利局' }, '610727'],
    ['the text', { 反馈问题: '洋县黄金峡镇某采石场未恢复植被' }, '610723'],
    ['an inspection list without any', { 反馈问题: '职能交叉，联动不到位' }, '610700'],
  ])('from %s', (_, cells, region) => {
    expect(startOf(cells as Record<string, string>).place.region).toBe(region)
  })

  it('refuses what lies outside the city, and a complaint that names no place', () => {
    expect(faultsOf({ 反馈问题: '某问题', 所属县区: '西安市' })).toMatchObject([{ column: '所属县区', found: '西安市' }])
    const elsewhere = { 交办问题基本情况: '某问题', 涉及区县及部门: '西安市', 是否属实: '属实' }
    expect(faultsOf(elsewhere, { source: 'central_petition' })).toMatchObject([{ column: '涉及区县及部门', found: '西安市' }])
    expect(faultsOf({ 反馈问题: '路灯不亮' }, { source: 'hotline_12345' })).toMatchObject([{ code: 'cases/import-no-region' }])
  })

  it('finds the town in the address, and reads coordinates', () => {
    const { place } = startOf({ 反馈问题: '某问题', 所属县区: '洋县', 位置: '黄金峡镇某村', 经纬度: '107.55，33.22' })
    expect(place).toMatchObject({ region: '610723', address: '黄金峡镇某村', point: { lng: 107.55, lat: 33.22 } })
    expect(place.town).toMatch(/^610723/)
    expect(faultsOf({ 反馈问题: '某问题', 所属县区: '洋县', 经纬度: '33.22，107.55' })).toMatchObject([{ column: '经纬度' }])
  })
})

describe('words that are not ours', () => {
  it('names every fault of a row at once', () => {
    const faults = faultsOf({ 反馈问题: '', 所属县区: '火星', 污染类型: '水、光', 办结状态: '啥' })
    expect(faults.map(({ column, found }) => [column, found])).toEqual([
      ['反馈问题', ''],
      ['所属县区', '火星'],
      ['办结状态', '啥'],
      ['污染类型', '光'],
    ])
  })
})

describe('a cell that is too long', () => {
  it('is refused, in a column of ours and in another', () => {
    const faults = faultsOf({ 反馈问题: '长'.repeat(40_000), 说明栏: 'x'.repeat(40_000) })
    expect(faults.map(({ column, found }) => [column, found])).toEqual([
      ['反馈问题', '40000'],
      ['说明栏', '40000'],
    ])
  })
})

describe('the leader', () => {
  it.each([
    ['副县长张三', { name: '张三', title: '副县长' }],
    ['张三（副县长）', { name: '张三', title: '副县长' }],
    ['张三 县委常委、副县长', { name: '张三', title: '县委常委' }],
    ['张三', { name: '张三', title: '' }],
  ])('%s', (cell, leader) => {
    expect(startOf({ ...ASSIGNED, 责任领导: cell }).leader).toEqual(leader)
  })
})
