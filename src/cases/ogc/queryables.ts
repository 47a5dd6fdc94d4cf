import type { Queryable } from '../../base/ogc/collection.ts'
import { CATEGORIES, COLOURS, OUTCOMES, PATHS, SOURCE_TYPES, STATES } from '../rules/codes.ts'

const text = (name: string, [zh, en]: [string, string], words?: readonly string[]): Queryable => ({
  ...{ name, title: { zh, en }, kind: 'text' as const },
  ...(words && { words }),
})
const day = (name: string, [zh, en]: [string, string]): Queryable => ({ name, title: { zh, en }, kind: 'day' })
const yes = (name: string, [zh, en]: [string, string]): Queryable => ({ name, title: { zh, en }, kind: 'yes-no' })

/** What the problem list may be asked for: columns that a row of the list shows anyway. */
export const CASE_QUERYABLES: readonly Queryable[] = [
  { name: 'geometry', title: { zh: '位置', en: 'Place' }, kind: 'geometry' },
  text('no', ['系统编号', 'Number']),
  text('title', ['问题名称', 'Title']),
  text('state', ['所处环节', 'State'], STATES),
  text('colour', ['颜色', 'Colour'], COLOURS),
  text('path', ['办理路径', 'Path'], PATHS),
  text('source', ['来源', 'Source'], SOURCE_TYPES),
  text('outcome', ['结果', 'Outcome'], OUTCOMES),
  text('category', ['类别', 'Category'], CATEGORIES),
  text('batch', ['批次', 'Batch']),
  text('region', ['县区代码', 'County code']),
  text('town', ['乡镇代码', 'Township code']),
  text('village', ['村代码', 'Village code']),
  { name: 'secrecy', title: { zh: '知悉范围', en: 'Label' }, kind: 'number' },
  day('reportedOn', ['登记日期', 'Reported on']),
  day('due', ['截止日期', 'Due']),
  day('closedOn', ['销号日期', 'Cleared off on']),
  yes('incomplete', ['待补要素', 'Incomplete']),
  yes('sample', ['示例', 'Sample']),
]

export const NOTICE_QUERYABLES: readonly Queryable[] = [
  text('no', ['系统编号', 'Number']),
  text('state', ['所处环节', 'State'], ['publicising', 'objected', 'filed', 'closed']),
  day('from', ['公示开始', 'On notice from']),
]
