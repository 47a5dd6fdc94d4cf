import type { RuleRow } from '../../base/rules/law.ts'

/** A rough box round the province and its area: only used to notice what lies far off, or is too large to be meant. */
export type Province = { name: string; west: number; south: number; east: number; north: number; areaKm2: number }

/** The province as `data/rules/places.json` has it; throws where the row is missing. */
export function provinceOf(rows: readonly RuleRow[]): Province {
  const row = rows.find((each) => each.kind === 'places' && each.key === 'province')
  if (!row) throw new Error('no rule places/province')
  return row.value as Province
}
