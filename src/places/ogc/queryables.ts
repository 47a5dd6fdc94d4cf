import type { Queryable } from '../../base/ogc/collection.ts'
import { LEVELS } from '../rules/area.ts'

const GEOMETRY: Queryable = { name: 'geometry', title: { zh: '范围', en: 'Shape' }, kind: 'geometry' }

export const AREA_QUERYABLES: readonly Queryable[] = [
  GEOMETRY,
  { name: 'code', title: { zh: '区划代码', en: 'Code' }, kind: 'text' },
  { name: 'name', title: { zh: '名称', en: 'Name' }, kind: 'text' },
  { name: 'level', title: { zh: '级别', en: 'Level' }, kind: 'text', words: LEVELS },
  { name: 'parent', title: { zh: '上级代码', en: 'Code of the division above' }, kind: 'text' },
]

export const LAYER_QUERYABLES: readonly Queryable[] = [
  GEOMETRY,
  { name: 'name', title: { zh: '名称', en: 'Name' }, kind: 'text' },
  { name: 'validFrom', title: { zh: '有效期起', en: 'Valid from' }, kind: 'day' },
  { name: 'validTo', title: { zh: '有效期止', en: 'Valid to' }, kind: 'day' },
  { name: 'areaM2', title: { zh: '面积（平方米）', en: 'Area in m²' }, kind: 'number' },
]
