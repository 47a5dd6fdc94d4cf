import { type Refusal, refuse } from '../../rules/refusal.ts'

/** A piece of a filter: a `word` is a keyword or a bare name, a `name` stood in double quotes, a `text` in single ones. */
export type Token = { kind: 'word' | 'name' | 'text' | 'number' | 'mark' | 'end'; text: string; at: number }

const PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['number', /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy],
  ['word', /[\p{L}_:][\p{L}\p{N}_.:]*/uy],
  ['mark', /<>|<=|>=|[=<>(),]/y],
]

/** The filter cut into pieces, with an end behind them; refused where something is no piece of CQL2. */
export function tokensOf(text: string): Token[] | Refusal {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1
      continue
    }
    const found = quoted(text, at) ?? plain(text, at)
    if (!found)
      return refuse('invalid', 'ogc/filter', {
        at: at + 1,
        found: text.slice(at, at + 20),
        expected: 'CQL2 (\'…\', "…", 1, = …)',
      })
    tokens.push(found.token)
    at = found.end
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

type Found = { token: Token; end: number }

function plain(text: string, at: number): Found | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found) return { token: { kind, text: found, at }, end: at + found.length }
  }
  return undefined
}

// A quote within is written twice.
function quoted(text: string, at: number): Found | undefined {
  const quote = text[at]
  if (quote !== "'" && quote !== '"') return undefined
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) value += text[i]
    else if (text[i + 1] === quote) {
      value += quote
      i += 1
    } else return { token: { kind: quote === "'" ? 'text' : 'name', text: value, at }, end: i + 1 }
  }
  return undefined
}
