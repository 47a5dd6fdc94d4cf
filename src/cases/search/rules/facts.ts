import type { Case } from '../../rules/case.ts'
import { CATEGORY_LABELS } from '../../rules/labels.ts'

/** Names of divisions by their codes, as far as they are known. */
export type AreaNames = ReadonlyMap<string, string>

/** What of a case is searched, field by field. The search index is made of it: who changes it makes it anew in a migration. */
export function searchedFields(c: Case, names: AreaNames): string[] {
  const { region, town, village, address } = c.place
  const places = [region, town, village].flatMap((code) => (code ? (names.get(code) ?? []) : []))
  const category = c.category ? Object.values(CATEGORY_LABELS[c.category]) : []
  const orgs = [...c.duties.map((duty) => duty.orgName), c.plan?.implementerName, c.plan?.acceptanceUnitName]
  const all = [c.no, c.originalNo, c.title, c.originalText, address, ...places, c.enterprise, ...orgs, ...category]
  return [...new Set(all.filter((field): field is string => Boolean(field)))]
}

/** The codes of divisions that a case names. */
export function areaCodesOf({ place }: Pick<Case, 'place'>): string[] {
  return [place.region, place.town, place.village].filter((code) => code !== undefined)
}
