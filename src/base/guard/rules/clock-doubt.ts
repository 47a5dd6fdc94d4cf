/** One look at both clocks, in milliseconds: the wall clock, and one that nobody sets (time since boot, sleep included). */
export interface Look {
  wall: number
  steady: number
}

/**
 * What was known of the time before this process began. With `steady` (the same boot) the wall clock is known exactly, unless the
 * memory was itself `open`: then, and after another boot, it is a lower bound.
 */
export interface Memory {
  wall: number
  steady?: number
  open?: boolean
}

/**
 * Whether the wall clock is believed. `offset` is wall minus steady as last believed; `anchor` is the one that the next look is
 * compared with, renewed every ten minutes, so that a jump in small pieces is a jump too.
 */
export interface ClockState {
  offset: number
  anchor: { offset: number; steady: number }
  doubt?: Doubt
}

/** The wall clock went `byMs` off what was believed; it is right again when it comes back to the anchor. */
export interface Doubt {
  byMs: number
  /** Steady time of the last alarm. */
  told: number
  /** The time before is a lower bound only (another boot): any time after it is right again. */
  open: boolean
}

/** `jumped` and `righted` are to be told to people, once each. */
export type Turn = 'jumped' | 'righted'

/** A wall clock further off than this has jumped. */
export const TOLERANCE_MS = 60_000
const ANCHOR_MS = 600_000

/** The first look of a process, against what was known before it. */
export function begin(look: Look, memories: readonly Memory[]): ClockState {
  const expected = memories.map((m) => ({ exact: m.steady !== undefined && !m.open, wall: m.wall + elapsed(m, look) }))
  const broken = expected.find((m) => m.exact && isFar(look.wall - m.wall))
  if (broken) return doubted({ offset: broken.wall - look.steady, look, open: false })
  const latest = Math.max(...expected.map((m) => m.wall))
  if (look.wall < latest - TOLERANCE_MS) return doubted({ offset: latest - look.steady, look, open: true })
  return believed(look)
}

const elapsed = (m: Memory, look: Look) => (m.steady === undefined ? 0 : look.steady - m.steady)

/** The next look: the state after it, and what people must be told. */
export function evolve(state: ClockState, look: Look): { state: ClockState; turn?: Turn } {
  return state.doubt ? evolveDoubt(state, state.doubt, look) : evolveBelief(state, look)
}

/** An operator confirms the wall clock as it is. */
export const accept = (look: Look): ClockState => believed(look)

/** The time to act by: the wall clock while it is believed, else what was believed, running on with the steady clock. */
export function timeOf(state: ClockState, look: Look): number {
  return state.doubt ? look.steady + state.offset : look.wall
}

function evolveBelief(state: ClockState, look: Look): { state: ClockState; turn?: Turn } {
  const offset = look.wall - look.steady
  if (isFar(offset - state.anchor.offset))
    return { state: { ...doubted({ offset: state.offset, look, open: false }), anchor: state.anchor }, turn: 'jumped' }
  const isOld = look.steady - state.anchor.steady >= ANCHOR_MS
  return { state: { offset, anchor: isOld ? { offset, steady: look.steady } : state.anchor } }
}

function evolveDoubt(state: ClockState, doubt: Doubt, look: Look): { state: ClockState; turn?: Turn } {
  const byMs = look.wall - look.steady - state.anchor.offset
  if (doubt.open ? byMs >= -TOLERANCE_MS : !isFar(byMs)) return { state: believed(look), turn: 'righted' }
  // A further jump is told too, but a clock that flutters fills no journal.
  const isNews = isFar(byMs - doubt.byMs) && look.steady - doubt.told >= TOLERANCE_MS
  const told = isNews ? { byMs, told: look.steady } : {}
  return { state: { ...state, doubt: { ...doubt, ...told } }, ...(isNews ? { turn: 'jumped' as const } : {}) }
}

function believed({ wall, steady }: Look): ClockState {
  const offset = wall - steady
  return { offset, anchor: { offset, steady } }
}

function doubted({ offset, look, open }: { offset: number; look: Look; open: boolean }): ClockState {
  const byMs = look.wall - look.steady - offset
  return { offset, anchor: { offset, steady: look.steady }, doubt: { byMs, told: look.steady, open } }
}

const isFar = (ms: number) => Math.abs(ms) > TOLERANCE_MS
