import { useLanguage } from '../../shell/language.tsx'
import { nameOf } from '../cases/closed-lists.ts'
import type { Filters } from '../cases/queries.ts'
import { StandingMarks } from '../dashboard/standing-marks.tsx'
import { useRegions } from '../directory.ts'
import { useMapText } from './texts.ts'

const CODES = ['state', 'colour', 'category', 'path'] as const

/** The filters in words, for paper, where their fields are left out. */
export function NarrowedBy({ filters, area }: { filters: Filters; area: string | undefined }) {
  const t = useMapText()
  const { language, t: shell } = useLanguage()
  const region = useRegions().find(({ code }) => code === filters.region)?.name ?? filters.region
  const codes = CODES.flatMap((name) => (filters[name] ? [`${shell.list[name]} ${nameOf(name, filters[name], language)}`] : []))
  const words = [
    ...[region, ...codes, filters.q && `“${filters.q}”`, filters.incomplete && shell.list.incomplete].filter(Boolean),
    ...(area ? [`${t.area} ${area}`] : []),
  ]
  if (Object.keys(filters).length === 0 && !area) return null
  return (
    <p>
      {t.narrowedBy + words.join(shell.common.listSeparator)} <StandingMarks filters={filters} change={() => {}} />
    </p>
  )
}
