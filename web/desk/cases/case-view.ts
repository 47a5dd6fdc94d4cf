import type { Colour, Move } from '../../../src/cases/rules/codes.ts'
import type { ColourWhy } from '../../../src/cases/rules/colours.ts'
import type { ClockBrief, ClockView } from '../../../src/cases/rules/deadlines.ts'
import type { CaseEvent } from '../../../src/cases/rules/event.ts'
import type { CaseDetail, CaseListItem } from '../../../src/cases/rules/wire.ts'

/** Both clocks as they are shown. */
export type ClockViews = { case?: ClockView; stage?: ClockView }

/** One move for the reader: allowed, or why not. */
export type MoveAnswer = {
  move: string
  allowed: boolean
  needs: string[]
  /** Every condition of the case that is still open, in words. */
  lacks: { gate: string; text: string }[]
  /** The moves that come first, where only the state is in the way. */
  after?: Move[]
  why?: { code: string; text: string }
}

/** A case as `/api/cases/{id}` gives it to this reader. */
export type Detail = Omit<CaseDetail, 'clocks'> & {
  moves: MoveAnswer[]
  clocks: ClockViews
  colour: { colour: Colour; why: ColourWhy[] }
  /** After an act: until when its author may take it back. */
  undoUntil?: string
}

/** A case as the lists give it. */
export type ListItem = CaseListItem & { colour: Colour; why: ColourWhy[]; clocks: { case?: ClockBrief; stage?: ClockBrief } }

/** One event of the story. */
export type Happening = Told<CaseEvent>
type Told<E> = E extends CaseEvent ? Pick<E, 'version' | 'type' | 'at' | 'by' | 'data'> : never
