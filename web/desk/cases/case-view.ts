import type { Case } from '../../../src/cases/rules/case.ts'
import type { Colour } from '../../../src/cases/rules/codes.ts'
import type { ColourWhy } from '../../../src/cases/rules/colours.ts'
import type { ClockView } from '../../../src/cases/rules/deadlines.ts'
import type { CaseEvent } from '../../../src/cases/rules/event.ts'

/** Both clocks as they are shown. */
export type ClockViews = { case?: ClockView; stage?: ClockView }

/** One move for the reader: allowed, or why not. */
export type MoveAnswer = { move: string; allowed: boolean; needs: string[]; why?: { code: string; text: string } }

/** A case as `/api/cases/{id}` gives it to this reader. */
export type Detail = Case & { moves: MoveAnswer[]; clocks: ClockViews; colour: { colour: Colour; why: ColourWhy[] } }

/** A case as the lists give it. */
export type ListItem = Pick<Case, 'id' | 'no' | 'title' | 'state' | 'path' | 'source' | 'sample'> & {
  place: Case['place']
  category?: Case['category']
  due?: Case['due']
  reportedOn: Case['reportedOn']
  incomplete: string[]
  duties?: Case['duties']
  outcome?: Case['outcome']
  term?: Case['term']
  colour: Colour
  why: ColourWhy[]
  clocks: ClockViews
}

/** One event of the story. */
export type Happening = Pick<CaseEvent, 'version' | 'type' | 'at' | 'by' | 'data'>
