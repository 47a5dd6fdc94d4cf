import mustache from 'mustache'
import type { Day } from '../../rules/day.ts'
import { isRefusal, type Refusal, refuse } from '../../rules/refusal.ts'
import type { OfficialDocument } from './document.ts'
import { guard, parseMarkup, unguard } from './markup.ts'
import { type Data, findFault } from './placeholders.ts'

/** A document as a template says it; whether it is a specimen is for whoever knows the template. */
export type Filled = Omit<OfficialDocument, 'specimen'>

/**
 * Fills a template an office wrote. Above a line `---` stand fields (`标题：…`), below it the text in the markup of `parseMarkup`; names in
 * `{{ }}` are replaced, `{{#rows}} … {{/rows}}` repeats. A Refusal names the line and what is wrong in it.
 */
export function fillTemplate(text: string, data: Data): Filled | Refusal {
  const source = text.replace(/\r\n?/g, '\n')
  const fault = findFault(source, data)
  if (fault) return fault
  const split = splitHead(source)
  if (isRefusal(split)) return split
  const head = readHead(render(split.head, data), split.head)
  if (isRefusal(head)) return head
  const body = parseMarkup(render(split.body, data), split.bodyLine)
  if (isRefusal(body)) return body
  const { small, ...fields } = head
  return { ...fields, body: small ? body.map((block) => (block.kind === 'table' ? { ...block, small: true } : block)) : body }
}

const render = (text: string, data: Data): string => mustache.render(text, data, {}, { escape: (value) => guard(String(value)) })

function splitHead(text: string): { head: string; body: string; bodyLine: number } | Refusal {
  const lines = text.split('\n')
  const rule = lines.findIndex((line) => /^---+\s*$/.test(line))
  if (rule === -1) return refuse('invalid', 'paper/no-head', { line: 1 })
  return { head: lines.slice(0, rule).join('\n'), body: lines.slice(rule + 1).join('\n'), bodyLine: rule + 2 }
}

/** The fields above the rule, by the words an office writes. */
const FIELDS: Readonly<Record<string, Field>> = {
  格式: 'format',
  发文机关: 'issuer',
  文号: 'number',
  标题: 'title',
  主送: 'to',
  附件: 'enclosures',
  署名: 'signedBy',
  成文日期: 'signedOn',
  附注: 'note',
  抄送: 'copies',
  印发机关: 'printedBy',
  印发日期: 'printedOn',
  标注: 'mark',
  纸张: 'paper',
  表格字号: 'small',
}
type Field = keyof Filled | 'copies' | 'printedBy' | 'printedOn' | 'paper' | 'small'

const FORMATS: Readonly<Record<string, Filled['format']>> = { 信函: 'letter', 公文: 'notice', 表格: 'form' }

type Said = { line: number; text: string }

function readHead(rendered: string, source: string): (Omit<Filled, 'body'> & { small: boolean }) | Refusal {
  const said = new Map<Field, Said[]>()
  for (const [at, line] of rendered.split('\n').entries()) {
    if (!line.trim()) continue
    const [, name, value] = /^\s*([^：:]+?)\s*[：:]\s*(.*?)\s*$/.exec(line) ?? []
    const field = FIELDS[name ?? '']
    const where = lineOf(source, name, at)
    if (!field) return refuse('invalid', 'paper/head-field', { line: where, found: unguard(line.trim()).slice(0, 40) })
    if (value) said.set(field, [...(said.get(field) ?? []), { line: where, text: unguard(value).trim() }])
  }
  return headOf(said)
}

// A section in the head may move lines: a field is looked up where it is written.
function lineOf(source: string, name: string | undefined, at: number): number {
  const found = source.split('\n').findIndex((line) => name !== undefined && line.includes(name))
  return (found === -1 ? at : found) + 1
}

function headOf(said: Map<Field, Said[]>): (Omit<Filled, 'body'> & { small: boolean }) | Refusal {
  const one = (field: Field) => said.get(field)?.[0]?.text
  const missing = (['格式', '发文机关', '标题'] as const).find((name) => one(FIELDS[name]!) === undefined)
  if (missing) return refuse('invalid', 'paper/head-missing', { line: 1, field: missing })
  const format = FORMATS[one('format')!]
  if (!format) return refuse('invalid', 'paper/head-value', lineAndFound(said, 'format'))
  const badDay = (['signedOn', 'printedOn'] as const).find((field) => one(field) !== undefined && !dayIn(one(field)!))
  if (badDay) return refuse('invalid', 'paper/head-value', lineAndFound(said, badDay))
  const enclosures = (said.get('enclosures') ?? []).flatMap(({ text }) => text.split('\n')).filter(Boolean)
  return {
    ...{ format, issuer: one('issuer')!, title: one('title')!, small: /五号|小/.test(one('small') ?? '') },
    ...texts({ number: one('number'), to: one('to'), signedBy: one('signedBy'), note: one('note'), mark: one('mark') }),
    ...(enclosures.length > 0 ? { enclosures } : {}),
    ...(one('signedOn') ? { signedOn: dayIn(one('signedOn')!)! } : {}),
    ...(one('printedBy') && one('printedOn') ? { record: recordOf(one) } : {}),
    ...(one('paper') === '横' ? { landscape: true as const } : {}),
  }
}

function recordOf(one: (field: Field) => string | undefined): NonNullable<OfficialDocument['record']> {
  const copies = one('copies')
  return { printedBy: one('printedBy')!, printedOn: dayIn(one('printedOn')!)!, ...(copies ? { copies } : {}) }
}

const lineAndFound = (said: Map<Field, Said[]>, field: Field) => {
  const { line, text } = said.get(field)![0]!
  return { line, found: text.slice(0, 40) }
}

function dayIn(text: string): Day | undefined {
  const [, y, m, d] = /^(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?$/.exec(text) ?? []
  return y ? (`${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}` as Day) : undefined
}

function texts<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined)) as { [K in keyof T]?: string }
}
