import { defineProblems, type Problem, say } from '../../base/problem.ts'
import type { Refusal } from '../../base/rules/refusal.ts'
import { refusalText } from '../rules/refusal-text.ts'
import type { Differing } from './differing.ts'
import type { Fault } from './reader.ts'

/** Every no of an import, in both languages: of the file as a whole, and of one row (there `{column}` and `{line}` stand before it). */
export const importProblem = defineProblems('cases', {
  'import-no-file': { status: 422, zh: '读不到文件：{found}', en: 'The file cannot be read: {found}' },
  'import-empty-file': { status: 422, zh: '文件是空的；应为 {expected}', en: 'The file is empty; expected {expected}' },
  'import-too-large': {
    status: 422,
    zh: '文件过大：{found} 字节，上限 {limit}',
    en: 'The file is too large: {found} bytes, the limit is {limit}',
  },
  'import-wrong-file': {
    status: 422,
    zh: '文件内容不是表格：是 {found}，应为 {expected}',
    en: 'Not a spreadsheet: this is {found}, expected {expected}',
  },
  'import-old-xls': {
    status: 422,
    zh: '旧版 .xls 或加密的工作簿：请在 Excel/WPS 中去掉密码并另存为 xlsx；应为 {expected}',
    en: 'An old .xls or a workbook with a password: save it as xlsx without a password; expected {expected}',
  },
  'import-encrypted': {
    status: 422,
    zh: '压缩包内有加密内容；应为未加密的 {expected}',
    en: 'The archive holds encrypted parts; expected a plain {expected}',
  },
  'import-broken-xlsx': { status: 422, zh: 'xlsx 文件损坏或不完整：{found}', en: 'The xlsx is damaged or cut short: {found}' },
  'import-broken-gzip': {
    status: 422,
    zh: 'gzip 文件损坏或不完整：{found}',
    en: 'The gzip file is damaged or cut short: {found}',
  },
  'import-unreadable': { status: 422, zh: '文件无法解析：{found}', en: 'The file cannot be parsed: {found}' },
  'import-csv': { status: 422, zh: 'csv 第 {line} 行格式不对：{found}', en: 'csv line {line} does not parse: {found}' },
  'import-zip-entries': {
    status: 422,
    zh: '压缩包异常：内含 {found} 个文件，上限 {limit}',
    en: 'Suspicious archive: {found} parts, the limit is {limit}',
  },
  'import-zip-bytes': {
    status: 422,
    zh: '压缩包异常：解压后 {found} 字节，上限 {limit}',
    en: 'Suspicious archive: {found} bytes unpacked, the limit is {limit}',
  },
  'import-zip-ratio': {
    status: 422,
    zh: '压缩包异常：压缩比 {found}，上限 {limit}',
    en: 'Suspicious archive: compressed {found} times, the limit is {limit}',
  },
  'import-heavy-seconds': {
    status: 422,
    zh: '文件过于复杂：{limit} 秒内未能读完',
    en: 'The file is too complex: not read within {limit} s',
  },
  'import-heavy-memory': {
    status: 422,
    zh: '文件过于复杂：{limit} MB 内存读不完',
    en: 'The file is too complex: not read within {limit} MB of memory',
  },
  'import-heavy-process': { status: 422, zh: '读取进程未能启动', en: 'The reading process did not start' },
  'import-too-many-rows': {
    status: 422,
    zh: '行数过多：{found} 行，上限 {limit}',
    en: 'Too many rows: {found}, the limit is {limit}',
  },
  'import-no-header': {
    status: 422,
    zh: '没有找到表头：{sheets} 个工作表，开头是 {found}；应有 {expected}',
    en: 'No header row found in {sheets} sheet(s) that begin with {found}; expected {expected}',
  },
  'import-missing-column': {
    status: 422,
    zh: '缺少必需的列：现有 {found}；应有 {expected}',
    en: 'A mandatory column is missing: found {found}; expected {expected}',
  },
  'import-mapping': {
    status: 422,
    zh: '对照文件不成立（{where}）：{found}；应为 {expected}',
    en: 'The mapping does not hold ({where}): {found}; expected {expected}',
  },
  'import-bad-source': {
    status: 422,
    zh: '没有这种来源：{found}；应为 {expected}',
    en: 'No such source: {found}; expected {expected}',
  },
  'import-other-city': {
    status: 422,
    zh: '本库是 {expected}，不能导入 {found}',
    en: 'This database belongs to {expected}, not to {found}',
  },
  'import-no-source': {
    status: 422,
    zh: '没有来源：请用 --source 或“来源”列说明，可用 {expected}',
    en: 'The source is not said: give --source or a column, one of {expected}',
  },
  'import-no-problem': { status: 422, zh: '没有问题内容（合并单元格请拆分）', en: 'The problem is empty (split merged cells)' },
  'import-no-region': {
    status: 422,
    zh: '没有写明县区，也不是市级问题；应为 {expected}',
    en: 'No county is named and it is not the city’s; expected {expected}',
  },
  'import-outside': {
    status: 422,
    zh: '“{found}”不在本市；应为 {expected}',
    en: '“{found}” is outside this city; expected {expected}',
  },
  'import-point-outside': {
    status: 422,
    zh: '坐标 {found} 不在 {expected} 内',
    en: 'The point {found} does not lie in {expected}',
  },
  'import-bad-day': {
    status: 422,
    zh: '日期不成立：“{found}”；应为 {expected}',
    en: 'Not a day: “{found}”; expected {expected}',
  },
  'import-future-day': {
    status: 422,
    zh: '日期“{found}”在 {expected} 之后，不能证明已经办理',
    en: 'The day “{found}” lies after {expected} and proves nothing done',
  },
  'import-bad-window': {
    status: 422,
    zh: '公示起止不成立：“{found}”；应为 {expected}',
    en: 'Not a notice period: “{found}”; expected {expected}',
  },
  'import-bad-percent': {
    status: 422,
    zh: '进度不成立：“{found}”；应为 {expected}',
    en: 'Not a percentage: “{found}”; expected {expected}',
  },
  'import-unknown-word': {
    status: 422,
    zh: '不认识的内容：“{found}”；应为 {expected}',
    en: 'Unknown word: “{found}”; expected one of {expected}',
  },
  'import-cell-too-long': {
    status: 422,
    zh: '单元格过长：{found} 字；应 {expected}',
    en: 'The cell is too long: {found} characters; expected {expected}',
  },
  'import-twice': {
    status: 422,
    zh: '编号“{found}”与第 {expected} 行重复而内容不同',
    en: 'The number “{found}” stands in row {expected} too, with another text',
  },
})

type Key = keyof typeof importProblem.defs

/** A refusal of the file or of the mapping as the Problem that leaves. */
export function refusedFile({ code, params }: Refusal): Problem {
  const key = code.replace(/^cases\//, '')
  return isKey(key) ? importProblem(key, params) : importProblem('import-unreadable', { found: code })
}

/** What is wrong with one row, as a line for a person. */
export function sayFault(fault: Fault, language: 'zh' | 'en'): string {
  const { line, column, found, expected, code, params = { found, expected } } = fault
  const key = code.replace(/^cases\//, '')
  const text = isKey(key) ? importProblem.defs[key] : refusalText({ code, params })
  const said = text[language] === code ? say(UNKNOWN, { found, expected }, language) : say(text, params, language)
  return language === 'zh' ? `第 ${line} 行 ${column}：${said}` : `row ${line}, ${column}: ${said}`
}

/** That the sheet has another text than a case that is here already, as a line for a person. */
export function sayDiffering({ line, column, ...what }: Differing, language: 'zh' | 'en'): string {
  const said = say(DIFFERING, what, language)
  return language === 'zh' ? `第 ${line} 行 ${column}：${said}` : `row ${line}, ${column}: ${said}`
}

const DIFFERING = {
  zh: '已有 {no}，文字不同，未改动：库中“{stored}”，表中“{found}”',
  en: 'here already as {no} with another text, left as it is: the case has “{stored}”, the sheet “{found}”',
}
const UNKNOWN = { zh: '“{found}”；应为 {expected}', en: '“{found}”; expected {expected}' }

function isKey(key: string): key is Key {
  return Object.hasOwn(importProblem.defs, key)
}
