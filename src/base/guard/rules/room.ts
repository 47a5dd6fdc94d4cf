/** What a file system answers: bytes that an ordinary user may still write, and bytes in all. */
export interface Space {
  free: number
  size: number
}

/** `low`: nothing is written any more. `full`: even the engine may not be able to go on; the ballast goes. */
export type Room = 'ample' | 'low' | 'full'

/** When a disk counts as low: below both figures, so that a large disk is not shut at a tenth and a small one can be used at all. */
export interface Limits {
  minFreeBytes: number
  minFreePercent: number
  ballastBytes: number
}

/** What to do with the ballast now. */
export type BallastAct = 'keep' | 'release' | 'make'

const MB = 1024 * 1024

/** Below this a disk is low. */
export function lowMark(limits: Limits, size: number): number {
  return Math.min(limits.minFreeBytes, (size * limits.minFreePercent) / 100)
}

/** Below this a disk is full: two segments of the database's log (16 MB each), on a small disk a quarter of its low mark. */
export function fullMark(limits: Limits, size: number): number {
  return Math.min(32 * MB, lowMark(limits, size) / 4)
}

/** How large the ballast is on a disk of this size: as asked for, and never more than a tenth of it. */
export function ballastFor(limits: Limits, size: number): number {
  return Math.floor(Math.min(limits.ballastBytes, size / 10))
}

/** The room after a look at the disk. It gets better only a tenth above the mark, so that it does not flutter. */
export function evolve(room: Room, space: Space, limits: Limits): Room {
  const [low, full] = [lowMark(limits, space.size), fullMark(limits, space.size)]
  if (space.free < full) return 'full'
  if (space.free < low) return room === 'full' && space.free < full * 1.1 ? 'full' : 'low'
  return room !== 'ample' && space.free < low * 1.1 ? 'low' : 'ample'
}

/** The ballast is released on a full disk and made where it leaves ample room; in between it stays as it is. */
export function ballastAct(o: { room: Room; space: Space; limits: Limits; has: boolean }): BallastAct {
  const bytes = ballastFor(o.limits, o.space.size)
  if (o.room === 'full' || bytes === 0) return o.has ? 'release' : 'keep'
  const leaves = o.space.free - bytes
  return !o.has && o.room === 'ample' && leaves >= lowMark(o.limits, o.space.size) * 1.1 ? 'make' : 'keep'
}

/** Of several places the worst decides. */
export function worstOf(rooms: readonly Room[]): Room {
  return rooms.includes('full') ? 'full' : rooms.includes('low') ? 'low' : 'ample'
}
