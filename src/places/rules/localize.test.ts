import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Area } from './area.ts'
import { localize } from './localize.ts'
import { parseAreas } from './parse-areas.ts'

const areas = parseAreas(readFileSync(new URL('../../../data/places/610700/areas.csv', import.meta.url), 'utf8')) as Area[]
const names = (text: string) => localize(areas, text).map((mention) => mention.area.name)
const county = (code: string | null) => areas.find((area) => area.code === code)?.name

test.each([
  ['城固县博望街道办某某村', ['城固县', '博望街道']],
  ['反映城固博望街道办事处旁有垃圾', ['城固县', '博望街道']],
  ['城固县博望镇', ['城固县', '博望街道']],
  ['汉台区铺镇一家砂石厂扬尘', ['汉台区', '铺镇']],
  ['汉中市汉台区汉中路街道烧烤油烟', ['汉台区', '汉中路街道']],
  ['原南郑县黄官镇采石场', ['南郑区', '黄官镇']],
  ['西乡县沙河镇与城固县沙河营镇交界', ['西乡县', '沙河镇', '城固县', '沙河营镇']],
  ['华阳镇的农家乐污水直排', ['华阳镇']],
  ['勉县企业在华阳镇排污', ['勉县', '华阳镇']],
  ['汉中经开区鑫源街道', ['汉中经济技术开发区', '鑫源街道']],
  ['兴汉新区工地夜间施工', ['兴汉新区']],
  ['陕西西乡县', ['西乡县']],
])('%s', (text, expected) => {
  expect(names(text)).toEqual(expected)
})

test.each([
  '县城固体废物处置不规范',
  '辽宁强降雨',
  '河南郑州的企业',
  '城镇巴士尾气',
  '尾矿库遗留坝体',
  '山西乡镇企业',
  '兴汉路居委会',
  '郭镇长来过现场',
  '五里铺镇上',
  '某某村小河边',
  '',
])('%s names no place of the city', (text) => {
  expect(names(text)).toEqual([])
})

test('a name that two towns bear counts only with its county', () => {
  expect(names('两河口镇养殖场')).toEqual([])
  const [lueyang, town] = localize(areas, '略阳县境内嘉陵江畔两河口镇养殖场')
  expect([lueyang!.area.name, county(town!.area.parent)]).toEqual(['略阳县', '略阳县'])
  const both = localize(areas, '从西乡县到略阳县两河口镇')
  expect(county(both.at(-1)!.area.parent)).toBe('略阳县')
  const after = localize(areas, '巴山镇（镇巴县）滑坡')
  expect(county(after[0]!.area.parent)).toBe('镇巴县')
})

test('a town written straight after a county must be its town', () => {
  expect(names('城固县铺镇')).toEqual(['城固县'])
})

test("a county's own park is not the city's zone", () => {
  expect(names('城固县经济开发区')).toEqual(['城固县'])
})

test('offsets point at the words in the text', () => {
  const text = '反映勉县褒城镇河道采砂'
  expect(localize(areas, text).map(({ start, end }) => text.slice(start, end))).toEqual(['勉县', '褒城镇'])
})

test('every town is found behind its county under its own name', () => {
  for (const town of areas.filter((area) => area.level === 'township')) {
    const found = localize(areas, `${county(town.parent)}${town.name}某村`)
    expect(found.map((mention) => mention.area.code)).toEqual([town.parent, town.code])
  }
})
