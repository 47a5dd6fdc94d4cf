import type { Duty } from '../../../src/cases/rules/case.ts'
import { isUntouched } from './fields/completeness.ts'
import type { Field } from './move-forms.ts'

type Values = Record<string, unknown>

/** The fields of an act from a filled form: blanks left out, rows without content dropped. */
export function actOfForm(fields: readonly Field[], values: Values): Values {
  const act: Values = {}
  for (const field of fields) {
    const value = values[field.name]
    if (isUntouched(field.widget, value)) continue
    act[field.name] = settled(field, value)
  }
  return act
}

function settled(field: Field, value: unknown): unknown {
  if (field.widget === 'term') return { words: String(value).trim() }
  if (field.widget === 'duties') return (value as Partial<Duty>[]).filter((duty) => duty.org).map(({ org, as }) => ({ org, as }))
  return withoutBlanks(value)
}

/** The same value with trimmed texts and without keys and rows that say nothing. */
function withoutBlanks(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim()
  if (Array.isArray(value)) return value.map(withoutBlanks).filter((each) => each !== undefined)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, part]) => {
    const clean = withoutBlanks(part)
    return clean === undefined ? [] : [[key, clean] as const]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
