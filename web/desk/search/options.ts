import type { Catalogue } from '../../shell/catalogue/zh.ts'
import type { Found, FoundCase } from './use-search.ts'

/** One line that can be chosen, and where it leads. */
export type Option = { key: string; to: string } & (
  | { kind: 'case'; case: FoundCase }
  | { kind: 'area' | 'organisation' | 'all'; name: string }
)

/** What was found as lines: cases first, then divisions and units, then the way to the whole list. */
export function optionsOf(found: Found, words: string, t: Catalogue): Option[] {
  const listOf = (q: string) => `/cases?${new URLSearchParams({ q })}`
  return [
    ...found.cases.map((c): Option => ({ kind: 'case', key: c.id, to: `/cases/${c.id}`, case: c })),
    ...found.areas.map(({ code, name, level }): Option => {
      const isRegion = level === 'county' || level === 'zone'
      return { kind: 'area', key: code, to: isRegion ? `/cases?region=${code}` : listOf(name), name }
    }),
    ...found.organisations.map(({ id, name }): Option => ({ kind: 'organisation', key: id, to: listOf(name), name })),
    ...(found.cases.length > 0 ? [{ kind: 'all' as const, key: 'all', to: listOf(words), name: t.search.all(words) }] : []),
  ]
}
