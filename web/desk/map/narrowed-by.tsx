import { useText } from '../../shell/language.tsx'
import { useFilterWords } from '../cases/list/filter-words.ts'
import type { Filters } from '../cases/queries.ts'
import { useMapText } from './texts.ts'

/** The filters in words, for paper, where their fields are left out. */
export function NarrowedBy({ filters, area }: { filters: Filters; area: string | undefined }) {
  const t = useMapText()
  const shell = useText()
  const words = [...useFilterWords(filters).map(({ label }) => label), ...(area ? [`${t.area} ${area}`] : [])]
  if (words.length === 0) return null
  return <p>{t.narrowedBy + words.join(shell.common.listSeparator)}</p>
}
