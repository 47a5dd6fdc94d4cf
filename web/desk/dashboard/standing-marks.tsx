import { NUMBER_LABELS } from '../../../src/cases/counts/rules/numbers.ts'
import type { Colour } from '../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS, SOURCE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useOrganisations } from '../directory.ts'
import { COURSE_FILTERS, courseWords, isCourseFilter } from '../numbers/course-marks.ts'

/** What the board narrows the list by, beside the list's own filters. */
export const STANDING_FILTERS = [
  'open',
  'overdue',
  'soon',
  'reopened',
  'rebound',
  'cleared',
  'source',
  'batch',
  'noBatch',
  'month',
  'monthColour',
  ...COURSE_FILTERS,
] as const
export type StandingFilter = (typeof STANDING_FILTERS)[number]

type Filters = Partial<Record<StandingFilter, string>>
type Props = { filters: Filters; change(name: StandingFilter, value: undefined): void }

/** The conditions that came from the board, each in words and with a way to drop it. */
export function StandingMarks({ filters, change }: Props) {
  const { t } = useLanguage()
  const say = useWords()
  const marks = STANDING_FILTERS.flatMap((name) => {
    const value = filters[name]
    const isSaid = !(name === 'month' && filters.monthColour) // the colour says the month
    const label = value && isSaid ? say(name, value, filters) : undefined
    return label ? [{ name, label }] : []
  })
  return marks.map(({ name, label }) => (
    <button
      key={name}
      type="button"
      className="mark mark-state standing-mark"
      aria-label={t.board.standing.drop(label)}
      onClick={() => change(name, undefined)}
    >
      {label} <span aria-hidden="true">×</span>
    </button>
  ))
}

function useWords(): (name: StandingFilter, value: string, filters: Filters) => string {
  const { t, language } = useLanguage()
  const units = new Map(useOrganisations().map((org) => [org.id, org.name]))
  return (name, value, filters) => {
    if (isCourseFilter(name)) return courseWords(name, value, { language, units })
    const words = t.board.standing
    if (name === 'cleared') return words.cleared(value)
    if (name === 'source') return words.source(SOURCE_LABELS[value as keyof typeof SOURCE_LABELS]?.[language] ?? value)
    if (name === 'batch') return words.batch(value)
    if (name === 'noBatch') return t.board.noBatch
    if (name === 'month') return words.month(value)
    if (name === 'monthColour') return words.monthColour(filters.month ?? '', COLOUR_LABELS[value as Colour]?.[language] ?? value)
    return NUMBER_LABELS[name][language]
  }
}
