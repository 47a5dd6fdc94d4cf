import { COURSE_LABELS, type CourseCode } from '../../../src/cases/numbers/rules/figures.ts'
import { type Stage, stageLabel } from '../../../src/cases/numbers/rules/stages.ts'
import type { Language } from '../../shell/language.tsx'

/** What the numbers and the hot spots narrow the list by, beside what it can be narrowed by itself. */
export const COURSE_FILTERS = [
  'responsible',
  'noUnit',
  'noCategory',
  'closedFrom',
  'closedTo',
  'course',
  'passed',
  'passedIn',
  'cells',
] as const
export type CourseFilterName = (typeof COURSE_FILTERS)[number]

type Words = Record<CourseFilterName, (value: string, o: { units: ReadonlyMap<string, string> }) => string>

const ZH: Words = {
  responsible: (id, { units }) => `责任单位：${units.get(id) ?? id}`,
  noUnit: () => '未定责任单位',
  noCategory: () => '未定类别',
  closedFrom: (day) => `销号自 ${day}`,
  closedTo: (day) => `销号至 ${day}`,
  course: (codes) => codesOf(codes, 'zh').join('、'),
  passed: (stage) => `走完：${stageLabel(stage as Stage).zh}`,
  passedIn: (count) => (count === 'working' ? '用时可按工作日计' : '用时可按自然日计'),
  cells: (cells) => `热点范围（${cells.split(',').length} 格）`,
}

const EN: Words = {
  responsible: (id, { units }) => `Unit: ${units.get(id) ?? id}`,
  noUnit: () => 'No unit yet',
  noCategory: () => 'No category yet',
  closedFrom: (day) => `Cleared off from ${day}`,
  closedTo: (day) => `Cleared off to ${day}`,
  course: (codes) => codesOf(codes, 'en').join(', '),
  passed: (stage) => `Has left: ${stageLabel(stage as Stage).en}`,
  passedIn: (count) => (count === 'working' ? 'Working days known' : 'Natural days known'),
  cells: (cells) => `Hot spot (${cells.split(',').length} cells)`,
}

const codesOf = (codes: string, language: Language) =>
  codes.split(',').map((code) => COURSE_LABELS[code as CourseCode]?.[language] ?? code)

/** One of these conditions in words. */
export function courseWords(
  name: CourseFilterName,
  value: string,
  o: { language: Language; units: ReadonlyMap<string, string> },
): string {
  return (o.language === 'zh' ? ZH : EN)[name](value, o)
}

/** Whether a condition is one of these. */
export const isCourseFilter = (name: string): name is CourseFilterName => (COURSE_FILTERS as readonly string[]).includes(name)
