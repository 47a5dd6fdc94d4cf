import type { Area } from '../../../places/rules/area.ts'
import { isEnded } from '../../rules/codes.ts'
import {
  CATEGORY_LABELS,
  FINDING_LABELS,
  POLLUTION_LABELS,
  QINLING_LABELS,
  SEVERITY_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
} from '../../rules/labels.ts'
import { type CaseDetail, overallFinding } from '../../rules/wire.ts'
import { areaName, measuresOf, numbered, placeWords, resultOf, termOf, unitsOf } from './case-words.ts'
import type { ListKind } from './kinds.ts'

type Row = Readonly<Record<string, string>>

/** A case as a row of an official list; `at` is its place in the list, from 1. */
export function listRow(kind: ListKind, c: CaseDetail, o: { at: number; areas: readonly Area[] }): Row {
  return ROWS[kind](c, o)
}

const ROWS: Readonly<Record<ListKind, (c: CaseDetail, o: { at: number; areas: readonly Area[] }) => Row>> = {
  closure_list: (c, { at }) => closureRow(c, at),
  petition_list: petitionRow,
  problem_list: problemRow,
}

/** 序号 | 反馈问题 | 整改目标 | 整改措施 | 整改时限 | 整改落实情况 | 验收时间 (Code art. 29; the city's notice of 2025-12-12). */
export function closureRow(c: CaseDetail, at: number): Row {
  const accepted = c.checks.city ?? c.checks.county
  return {
    ...{ at: String(at), problem: c.originalText, goal: c.plan?.goal ?? '', measures: measuresOf(c), term: termOf(c) },
    ...{ result: resultOf(c), acceptedOn: accepted ? (accepted.onSite?.day ?? accepted.on) : '' },
    ...{ implementer: c.plan?.implementerName ?? unitsOf(c, 'responsible'), acceptanceUnit: unitsOf(c, 'acceptance') },
  }
}

/** 序号 | 交办问题基本情况 | 涉及区县及部门 | 调查核实情况 | 是否属实 | 处理处罚和问责情况 | 备注, and what the daily table of petitions adds. */
function petitionRow(c: CaseDetail, { at, areas }: { at: number; areas: readonly Area[] }): Row {
  const finding = overallFinding(c)
  const found = [...new Set(c.claims.flatMap(({ findingText }) => (findingText ? [findingText] : [])))]
  const words = c.imported?.words
  return {
    ...{ at: String(at), no: c.originalNo ?? c.no, problem: c.originalText },
    regionUnits: [areaName(c.place.region, areas), unitsOf(c, 'responsible', 'lead', 'supporting')].filter(Boolean).join('、'),
    pollution: c.pollution.map((type) => POLLUTION_LABELS[type].zh).join('、'),
    ...{ investigation: numbered(found), finding: finding ? FINDING_LABELS[finding].zh : '', result: resultOf(c) },
    status: isEnded(c.state) ? '已办结' : '未办结',
    ...{ accountability: words?.['处理处罚和问责情况'] ?? '', remark: words?.['备注'] ?? '' },
  }
}

/** 编号, 来源, 批次, 问题类别, 位置, 所在秦岭分区, 发现时间, 原文, 严重度, beside whom it is with and where it stands. */
function problemRow(c: CaseDetail, { at, areas }: { at: number; areas: readonly Area[] }): Row {
  return {
    ...{ at: String(at), no: c.no, source: SOURCE_LABELS[c.source].zh, batch: c.batch ?? '', problem: c.originalText },
    ...{ category: c.category ? CATEGORY_LABELS[c.category].zh : '', place: placeWords(c, areas) },
    ...{ qinling: c.place.qinling ? QINLING_LABELS[c.place.qinling].zh : '', foundOn: c.foundOn ?? c.reportedOn },
    ...{ severity: SEVERITY_LABELS[c.severity].zh, responsible: unitsOf(c, 'responsible'), state: STATE_LABELS[c.state].zh },
  }
}
