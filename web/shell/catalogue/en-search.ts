import type { SearchWords } from './zh-search.ts'

/** Words of the search box on top of every page. */
export const enSearch: SearchWords = {
  label: 'Search',
  hint: 'Number, title, place, unit or text (press /)',
  cases: 'Problems',
  areas: 'Divisions',
  organisations: 'Units',
  all: (q) => `All results for “${q}” in the list`,
  none: (q) => `Nothing found for “${q}”`,
  found: (n) => (n === 1 ? '1 result; arrow keys choose' : `${n} results; arrow keys choose`),
  failed: 'The search failed; try again later',
}
