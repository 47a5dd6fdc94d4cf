import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as labels from '../src/cases/rules/labels.ts'
import { type Label, ROLE_LABELS } from '../src/people/rules/actor.ts'
import { LAYER_KIND_LABELS } from '../src/places/rules/layer-kinds.ts'
import * as supervision from '../src/supervision/rules/labels.ts'

// The headings of GLOSSARY.md, each with the labels that its table repeats.
const LISTS: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  'States 状态': labels.STATE_LABELS,
  'Moves and records 环节': labels.MOVE_LABELS,
  'Roles 角色': ROLE_LABELS,
  'Colours 颜色': labels.COLOUR_LABELS,
  'Paths 路径': labels.PATH_LABELS,
  'Outcomes 办结结果': labels.OUTCOME_LABELS,
  'Source types 问题来源': labels.SOURCE_LABELS,
  'Categories 问题类别': labels.CATEGORY_LABELS,
  'Pollution types 污染类型': labels.POLLUTION_LABELS,
  'Duties 单位职责': labels.DUTY_LABELS,
  'Evidence kinds 证据种类': labels.EVIDENCE_LABELS,
  'Things 问题性质': labels.THING_LABELS,
  'Findings 是否属实': labels.FINDING_LABELS,
  'Severities 严重程度': labels.SEVERITY_LABELS,
  'Qinling zones 秦岭分区': labels.QINLING_LABELS,
  'Secrecy 密级': labels.SECRECY_LABELS,
  'Acceptance standards 验收标准': labels.STANDARD_LABELS,
  'Answers 回答': labels.ANSWER_LABELS,
  'Flags 标记情形': labels.FLAG_LABELS,
  'Scopes of an inference 排查范围': labels.SCOPE_LABELS,
  'Layer kinds 图层类别': LAYER_KIND_LABELS,
  'Steps of supervision 督办阶梯': supervision.KIND_LABELS,
  'States of an item of supervision 督办件状态': supervision.ITEM_STATE_LABELS,
  'Moves of an item of supervision 督办环节': supervision.ITEM_MOVE_LABELS,
  'Grounds of supervision 督办依据': supervision.TRIGGER_LABELS,
}

const [, ...sections] = readFileSync(join(import.meta.dirname, '../GLOSSARY.md'), 'utf8').split(/^## /m)
const tables = new Map(sections.map((section) => [section.split('\n')[0]!, rowsOf(section)]))

/** The rows below a table's rule: zh, en, code. */
function rowsOf(section: string): string[] {
  const lines = section.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) => line.split('|').slice(1, 4).map(cellText).join(' | '))
}

function cellText(cell: string): string {
  return cell.trim().replace(/^`(.*)`$/, '$1')
}

describe('GLOSSARY.md', () => {
  it.each(Object.entries(LISTS))('%s: each code has one row, with the texts of the code, in its order', (heading, list) => {
    expect(tables.get(heading)).toEqual(Object.entries(list).map(([code, { zh, en }]) => `${zh} | ${en} | ${code}`))
  })

  it('leaves out no list of labels', () => {
    const lists = [...Object.entries(labels), ...Object.entries(supervision)].filter(([name]) => name.endsWith('_LABELS'))
    expect(lists.filter(([, list]) => !Object.values(LISTS).includes(list)).map(([name]) => name)).toEqual([])
    expect([...tables.keys()]).toEqual(['Words of the field 业务用语', ...Object.keys(LISTS)])
  })

  it('gives every word of the field once', () => {
    const words = tables.get('Words of the field 业务用语')!.map((row) => row.split(' | ')[0])
    expect(words.length).toBeGreaterThan(40)
    expect(new Set(words).size).toBe(words.length)
  })
})
