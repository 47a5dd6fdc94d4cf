/** Where a new value of a rule does not have the form of the old ones, and what was expected there. */
export type Misfit = { at: string; expected: string; found: string }

/**
 * Holds a new value against the one it replaces and against every other row of its kind: the same fields, the same types, and where a
 * field holds a code (small letters) only one that is known there. What a rule means is for people to judge; what it looks like is not.
 */
export function misfits(value: unknown, like: unknown, others: readonly unknown[] = [], at = ''): Misfit[] {
  const known = [like, ...others].filter((v) => v !== undefined)
  const kinds = new Set(known.map(kindOf))
  const kind = kindOf(value)
  if (!kinds.has(kind)) return [{ at: at || '.', expected: [...kinds].join(' | '), found: kind }]
  if (kind === 'array') return (value as unknown[]).flatMap((one, i) => itemMisfits(one, known, `${at}[${i}]`))
  if (kind === 'object') return fieldMisfits(value as Fields, known.filter(isFields), at)
  if (kind === 'string') return codeMisfits(value as string, known, at)
  return kind === 'number' && !Number.isFinite(value) ? [{ at, expected: 'number', found: String(value) }] : []
}

type Fields = Record<string, unknown>

const isFields = (v: unknown): v is Fields => kindOf(v) === 'object'

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function itemMisfits(one: unknown, known: readonly unknown[], at: string): Misfit[] {
  const items = known.filter(Array.isArray).flat()
  return items.length === 0 ? [] : misfits(one, undefined, items, at)
}

function fieldMisfits(value: Fields, known: readonly Fields[], at: string): Misfit[] {
  const path = (name: string) => (at ? `${at}.${name}` : name)
  const needed = Object.keys(known[0] ?? {}).filter((name) => known.every((k) => name in k))
  const missing = needed
    .filter((name) => !(name in value))
    .map((name) => ({ at: path(name), expected: 'a value', found: 'nothing' }))
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const there = known.flatMap((k) => (name in k ? [k[name]] : []))
    if (there.length === 0) return [{ at: path(name), expected: 'no such field', found: name }]
    return misfits(one, undefined, there, path(name))
  })
  return [...missing, ...inner]
}

const CODE = /^[a-z]+(_[a-z]+)*$/

function codeMisfits(value: string, known: readonly unknown[], at: string): Misfit[] {
  const texts = known.filter((k): k is string => typeof k === 'string')
  if (texts.length === 0 || !texts.every((k) => CODE.test(k)) || texts.includes(value)) return []
  return [{ at: at || '.', expected: [...new Set(texts)].join(' | '), found: value }]
}
