import { FIELD_LABELS } from '../../../src/cases/rules/refusal-words.ts'
import type { Language } from '../../shell/language.tsx'

/** The names of the fields that an imported case still lacks. */
export function missingFields(codes: readonly string[], language: Language): string[] {
  return codes.map((code) => FIELD_LABELS[code]?.[language] ?? code)
}
