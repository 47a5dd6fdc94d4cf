import { type Colour, isEnded, type State } from '../../../src/cases/rules/codes.ts'
import type { Shape } from '../../map/shapes.ts'
import type { ColourBy } from './use-map-filters.ts'

/** How one kind of case is drawn: a colour is never alone, its shape says the same. */
export type Sign = { shape: Shape; colour: string }

/** 三色, in the shapes that the dots of the lists have. */
export const LIGHTS: Record<Colour, Sign> = {
  red: { shape: 'square', colour: '#d3322a' },
  yellow: { shape: 'triangle', colour: '#f0b400' },
  green: { shape: 'circle', colour: '#2d9a62' },
}

export type Phase = 'new' | 'work' | 'check' | 'done'

/** Where a case stands, in four steps. No signal colours: a stage is no warning. */
export const PHASES: Record<Phase, Sign> = {
  new: { shape: 'diamond', colour: '#7b4fa6' },
  work: { shape: 'hexagon', colour: '#1f6fb5' },
  check: { shape: 'square', colour: '#0f8a8a' },
  done: { shape: 'ring', colour: '#7d8b94' },
}

const OPEN = PHASES.work.colour
const DONE = PHASES.done.colour
const NEW: readonly State[] = ['reported', 'triaged', 'assigned', 'returned']
const WORK: readonly State[] = ['signed', 'plan_submitted', 'rectifying']

/** The step that a state belongs to. */
export function phaseOf(state: State): Phase {
  if (isEnded(state)) return 'done'
  if (NEW.includes(state)) return 'new'
  return WORK.includes(state) ? 'work' : 'check'
}

/** The mark of a case. */
export function symbolOf(by: ColourBy, c: { colour: Colour; state: State }): Sign {
  return by === 'colour' ? LIGHTS[c.colour] : PHASES[phaseOf(c.state)]
}

/** The shares of a cluster: property of the tile and colour, in the order in which they go round. */
export const SHARES: Record<ColourBy, readonly { property: string; colour: string }[]> = {
  colour: [
    { property: 'red', colour: LIGHTS.red.colour },
    { property: 'yellow', colour: LIGHTS.yellow.colour },
    { property: 'green', colour: LIGHTS.green.colour },
  ],
  state: [
    { property: 'open', colour: OPEN },
    { property: 'closed', colour: DONE },
  ],
}
