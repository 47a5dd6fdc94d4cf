import type { Colour, SecrecyName } from '../../../../src/cases/rules/codes.ts'
import { SECRECY } from '../../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS, SECRECY_LABELS } from '../../../../src/cases/rules/labels.ts'
import { LIST_FILTERS, type ListFilter } from '../../../../src/cases/rules/list-view.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { useMe } from '../../../shell/session.ts'
import { useAreas, useOrganisations, useRegions } from '../../directory.ts'
import { courseWords, isCourseFilter } from '../../numbers/course-marks.ts'
import { type ClosedList, nameOf } from '../closed-lists.ts'
import type { Filters } from '../queries.ts'

/** What a filter that is only on or off is called stands for itself. */
const PLAIN: readonly ListFilter[] = ['noBatch', 'reminded', 'open', 'overdue', 'soon', 'reopened', 'rebound', 'incomplete']
const CODES: readonly ListFilter[] = ['state', 'colour', 'category', 'path', 'source', 'pollution']

/** Every chosen filter in words, in the order of the address. */
export function useFilterWords(filters: Filters): { name: ListFilter; label: string }[] {
  const say = useSay(filters)
  return LIST_FILTERS.flatMap((name) => {
    const value = filters[name]
    const isSaid = !(name === 'month' && filters.monthColour) // the colour says the month
    return value && isSaid ? [{ name, label: say(name, value) }] : []
  })
}

function useSay(filters: Filters): (name: ListFilter, value: string) => string {
  const { t, language } = useLanguage()
  const me = useMe()
  const regions = useRegions()
  const towns = useAreas({ parent: filters.town && filters.region })
  const orgs = useOrganisations()
  const worded = (name: ListFilter, value: string): string => {
    if (CODES.includes(name))
      return value
        .split(',')
        .map((code) => nameOf(name as ClosedList, code, language))
        .join(t.common.listSeparator)
    if (name === 'region')
      return regions.find(({ code }) => code === value)?.name ?? (value === String(me.tenant) ? t.board.cityLevel : value)
    if (name === 'town') return towns.find(({ code }) => code === value)?.name ?? value
    if (name === 'unit') return orgs.find(({ id }) => id === value)?.name ?? value
    if (name === 'secrecy') return SECRECY_LABELS[levelName(value)][language]
    if (name === 'sample') return value === 'true' ? t.desk.sampleYes : t.desk.sampleNo
    return value
  }
  const units = new Map(orgs.map((org) => [org.id, org.name]))
  return (name, value) => {
    if (isCourseFilter(name)) return courseWords(name, value, { language, units })
    const { cleared, month, monthColour } = t.board.standing
    if (PLAIN.includes(name)) return t.desk.filter[name]
    if (name === 'cleared') return cleared(value)
    if (name === 'month') return month(value)
    if (name === 'monthColour') return monthColour(filters.month ?? '', COLOUR_LABELS[value as Colour]?.[language] ?? value)
    return `${t.desk.filter[name]}${t.colon}${worded(name, value)}`
  }
}

const levelName = (value: string): SecrecyName =>
  (Object.keys(SECRECY) as SecrecyName[]).find((name) => String(SECRECY[name]) === value) ?? 'public'
