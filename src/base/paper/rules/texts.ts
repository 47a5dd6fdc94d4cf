import type { Params } from '../../rules/refusal.ts'

type Text = { readonly zh: string; readonly en: string }

/** What is wrong with a template, in both languages, by the code of the refusal. */
export const PAPER_TEXTS: Readonly<Record<string, Text>> = {
  'paper/unknown-placeholder': { zh: '第 {line} 行：没有“{name}”这个占位符', en: 'Line {line}: there is no placeholder {name}' },
  'paper/unclosed': { zh: '第 {line} 行：“{name}”一段没有结束', en: 'Line {line}: the section {name} is not closed' },
  'paper/unopened': { zh: '第 {line} 行：“{name}”一段没有开始', en: 'Line {line}: the section {name} was never opened' },
  'paper/braces': {
    zh: '第 {line} 行：花括号写法不对，只能用两个花括号加名称',
    en: 'Line {line}: write a placeholder as two braces and a name, nothing more',
  },
  'paper/no-head': {
    zh: '缺少“---”一行：它上面写格式、标题等，下面写正文',
    en: 'The line `---` is missing: fields stand above it, the text below',
  },
  'paper/head-field': { zh: '第 {line} 行：不认识的栏目“{found}”', en: 'Line {line}: unknown field {found}' },
  'paper/head-missing': { zh: '“---”上面缺少“{field}：”', en: 'The field {field} is missing above the line `---`' },
  'paper/head-value': { zh: '第 {line} 行：“{found}”不是可用的值', en: 'Line {line}: {found} is no value for this field' },
  'paper/table': {
    zh: '第 {line} 行：这一行有 {found} 格，表格有 {expected} 格',
    en: 'Line {line}: the row has {found} cells, the table {expected}',
  },
  'paper/merge': {
    zh: '第 {line} 行起的表格：合并的格子不成矩形',
    en: 'The table from line {line}: merged cells do not make a rectangle',
  },
}

/** The text of a refusal of this part, or its code where it is none. */
export function paperText(refusal: { code: string; params: Params }, language: 'zh' | 'en'): string {
  const text = PAPER_TEXTS[refusal.code]?.[language] ?? refusal.code
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(refusal.params[name] ?? whole))
}
