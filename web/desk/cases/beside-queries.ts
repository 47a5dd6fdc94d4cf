import type { Colour, State } from '../../../src/cases/rules/codes.ts'
import type { ColourWhy } from '../../../src/cases/rules/colours.ts'
import type { EventType } from '../../../src/cases/rules/event.ts'
import type { NextMove, Turn } from '../../../src/cases/rules/next.ts'
import type { RelatedKind } from '../../shell/catalogue/case-words.ts'
import { useGet } from '../../shell/use-api.ts'

/** A case beside this one, with why. */
export type RelatedItem = {
  id: string
  no: string
  title: string
  state: State
  region: string
  reportedOn: string
  colour: Colour
  sample: boolean
  why: { why: RelatedKind; distanceM?: number; name?: string }[]
}

export type Holder = { name: string; title: string; orgName: string; standIn: boolean }
export type NextView = Omit<NextMove, 'lacks' | 'by'> & {
  lacks: { gate: string; text: string }[]
  by: (Turn & { holders: Holder[] })[]
}

export type ColoursView = {
  today: string
  from: string
  unknown?: string
  changes: { day: string; from?: Colour; colour: Colour; why: ColourWhy[]; by?: EventType }[]
  months: { month: string; colour: Colour }[]
}

const of = (id: string, part: string) => `/api/cases/${encodeURIComponent(id)}/${part}`

/** What belongs beside a case. */
export const useRelated = (id: string) =>
  useGet<{ radiusM: number; items: RelatedItem[]; more: RelatedKind[] }>(of(id, 'related'))

/** Who has the turn. */
export const useNext = (id: string) => useGet<{ moves: NextView[] }>(of(id, 'next'))

/** How the colour came about. */
export const useColours = (id: string) => useGet<ColoursView>(of(id, 'colours'))
