import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Area } from './area.ts'
import { findByName } from './find-by-name.ts'
import { parseAreas } from './parse-areas.ts'

const areas = parseAreas(readFileSync(new URL('../../../data/places/610700/areas.csv', import.meta.url), 'utf8')) as Area[]

function names(text: string): string[] {
  const found = findByName(areas, text)
  expect(isRefusal(found), JSON.stringify(found)).toBe(false)
  return (found as Area[]).map((area) => area.name)
}

test('every county and zone under its own name, every county short', () => {
  for (const area of areas.filter((each) => each.level === 'county' || each.level === 'zone')) {
    expect(names(area.name)).toEqual([area.name])
    expect(names(`汉中市${area.name}`)).toEqual([area.name])
    const short = area.name.slice(0, -1)
    if (area.level === 'county' && short.length > 1) expect(names(short)).toEqual([area.name])
  }
})

test.each([
  ['南郑县', '南郑区'],
  ['城固', '城固县'],
  [' 洋  县 ', '洋县'],
  ['经开区', '汉中经济技术开发区'],
  ['汉中经开区', '汉中经济技术开发区'],
  ['市经开区', '汉中经济技术开发区'],
  ['经济开发区', '汉中经济技术开发区'],
  ['汉中经开区管委会', '汉中经济技术开发区'],
  ['兴汉', '兴汉新区'],
  ['宁强县', '宁强县'],
  ['城固县人民政府', '城固县'],
  ['陕西省汉中市汉台区', '汉台区'],
  ['市本级', '汉中市'],
  ['汉中市', '汉中市'],
  ['市政府', '汉中市'],
  ['各县区', '汉中市'],
  ['各县（区）', '汉中市'],
  ['各县（市、区）', '汉中市'],
  ['城固县博望街道', '博望街道'],
  ['城固县博望街道办', '博望街道'],
  ['汉台区铺镇人民政府', '铺镇'],
  ['略阳两河口镇', '两河口镇'],
])('%s is %s', (text, name) => {
  expect(names(text)).toEqual([name])
})

test.each([
  ['汉台区、南郑区', ['汉台区', '南郑区']],
  ['汉台区,南郑县；城固', ['汉台区', '南郑区', '城固县']],
  ['勉县 略阳县', ['勉县', '略阳县']],
  ['汉台区和兴汉新区\n经开区', ['汉台区', '兴汉新区', '汉中经济技术开发区']],
  ['汉台、汉台区', ['汉台区']],
  ['各县（市、区）、经开区', ['汉中市', '汉中经济技术开发区']],
  ['洋 县、勉 县', ['洋县', '勉县']],
])('%s are several', (text, expected) => {
  expect(names(text)).toEqual(expected)
})

test('a town of the right county only', () => {
  const found = findByName(areas, '略阳县两河口镇') as Area[]
  expect(found[0]!.parent).toBe('610727')
  expect(findByName(areas, '城固县铺镇')).toMatchObject({ code: 'places/unknown-area-name' })
})

test('every town with its county, and alone where no other bears its name', () => {
  for (const town of areas.filter((area) => area.level === 'township')) {
    const county = areas.find((area) => area.code === town.parent)!.name
    for (const text of [`${county}${town.name}`, `汉中市${county}${town.name}`, `${county} ${town.name}人民政府`]) {
      expect(findByName(areas, text)).toEqual([town])
    }
    const alone = areas.filter((area) => area.level === 'township' && area.name === town.name).length === 1
    if (alone) expect(findByName(areas, town.name)).toEqual([town])
  }
})

test('what it does not know is refused by name', () => {
  const refused = findByName(areas, '汉台区、太白县')
  expect(refused).toMatchObject({
    kind: 'invalid',
    code: 'places/unknown-area-name',
    params: { found: '太白县', cell: '汉台区、太白县' },
  })
  for (const text of [
    '西安市',
    '汉台南',
    '县',
    '有关县区',
    '汉台、南郑等县区',
    '城固县经开区',
    '铺镇博望街道',
    '汉台区南郑区',
    '、',
  ]) {
    expect(findByName(areas, text)).toMatchObject({ code: 'places/unknown-area-name' })
  }
  expect(findByName(areas, '两河口镇')).toMatchObject({
    code: 'places/ambiguous-area-name',
    params: { candidates: '西乡县两河口镇、略阳县两河口镇' },
  })
  expect(findByName(areas, ' ')).toMatchObject({ code: 'places/area-name-blank-cell' })
})

test('a name with blanks of its own is found, padded or not', () => {
  const city: Area = { code: '820200', name: 'New York', level: 'city', parent: null }
  const island: Area = { code: '820205', name: 'STATEN ISLAND', level: 'county', parent: '820200' }
  const queens: Area = { code: '820204', name: 'QUEENS', level: 'county', parent: '820200' }
  const found = (text: string) => findByName([city, island, queens], text)
  expect(found(' STATEN ISLAND ')).toEqual([island])
  expect(found('STATEN ISLAND/QUEENS')).toEqual([island, queens])
  expect(found('New York')).toEqual([city])
  expect(found('STATEN')).toMatchObject({ code: 'places/unknown-area-name' })
})

test('no name contains what parts a list', () => {
  for (const { name, level } of areas) if (level !== 'village') expect(name).not.toMatch(/[、,;/|\n和及与]/)
})
