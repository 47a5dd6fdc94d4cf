import mustache from 'mustache'
import { type Refusal, refuse } from '../../rules/refusal.ts'

/** What a template is filled with: texts by name, lists of rows for sections, nested as deep as the text needs. */
export type Data = { readonly [name: string]: Value }
export type Value = string | number | boolean | Data | readonly Value[]

type Token = [kind: string, name: string, start: number, end: number, inner?: Token[]]

/** Why a template cannot be filled with the data (`line` from 1): a name that is not there, a section left open, braces that do more than fill. */
export function findFault(text: string, data: Data): Refusal | undefined {
  const tokens = parseTokens(text)
  return Array.isArray(tokens) ? faultIn(text, tokens, [data]) : tokens
}

function parseTokens(text: string): Token[] | Refusal {
  try {
    return mustache.parse(text) as Token[]
  } catch (e) {
    return unparsed(text, e instanceof Error ? e.message : String(e))
  }
}

// mustache says `Unclosed section "rows" at 120`.
function unparsed(text: string, message: string): Refusal {
  const [, what, name = '', at] = /^(Unclosed section|Unopened section|Unclosed tag)(?: "([^"]*)")? at (\d+)/.exec(message) ?? []
  const offset = what === 'Unclosed section' ? opening(text, name, Number(at)) : Number(at ?? 0)
  const code = what === 'Unopened section' ? 'paper/unopened' : what === 'Unclosed section' ? 'paper/unclosed' : 'paper/braces'
  return refuse('invalid', code, { line: lineAt(text, offset), name })
}

// An unclosed section is noticed at the end of the text; what has to be mended is where it begins.
function opening(text: string, name: string, end: number): number {
  const found = [...text.slice(0, end).matchAll(/\{\{\s*[#^]\s*([^}]*?)\s*\}\}/g)].filter((m) => m[1] === name)
  return found.at(-1)?.index ?? end
}

function faultIn(text: string, tokens: Token[], around: readonly Value[]): Refusal | undefined {
  for (const [kind, name, start, , inner] of tokens) {
    if (kind === 'text' || kind === '!') continue
    const line = lineAt(text, start)
    if (kind !== 'name' && kind !== '#' && kind !== '^') return refuse('invalid', 'paper/braces', { line, name })
    const value = lookUp(name, around)
    if (value === undefined) return refuse('invalid', 'paper/unknown-placeholder', { line, name })
    const fault = inner && faultInSection(text, inner, { kind, value, around })
    if (fault) return fault
  }
  return undefined
}

// The inside of a section over no rows cannot be looked at: there is nothing that says which names a row has.
function faultInSection(text: string, inner: Token[], o: { kind: string; value: Value; around: readonly Value[] }) {
  if (o.kind === '^' || !Array.isArray(o.value)) {
    const within = typeof o.value === 'object' && !Array.isArray(o.value) ? [o.value, ...o.around] : o.around
    return faultIn(text, inner, within)
  }
  return o.value.length === 0 ? undefined : faultIn(text, inner, [o.value[0], ...o.around])
}

function lookUp(name: string, around: readonly Value[]): Value | undefined {
  if (name === '.') return around[0]
  const [first, ...rest] = name.split('.')
  const holder = around.find((data) => has(data, first!))
  return rest.reduce<Value | undefined>((value, key) => own(value, key), own(holder, first!))
}

const has = (value: Value | undefined, key: string): value is Data =>
  typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, key)
const own = (value: Value | undefined, key: string): Value | undefined => (has(value, key) ? value[key] : undefined)

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
