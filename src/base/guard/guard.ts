import type { WatchedClock } from './clock.ts'
import type { DiskGuard } from './disk.ts'

/** What watches over the machine that the product stands on: its disks and its clock. */
export interface Guard {
  disk: DiskGuard
  clock: WatchedClock
}

/** A guard that finds nothing wrong, for a world whose time is set by hand. */
export function calmGuard(now: () => Date): Guard {
  const report = { places: [], ballastBytes: 0, databaseRefuses: false }
  return {
    disk: {
      admitWrite() {},
      isReadOnly: () => false,
      isFull: () => false,
      saw() {},
      wrote() {},
      report: () => report,
      stop() {},
    },
    clock: { now, doubt: () => undefined, doubts: () => 0, accept: async () => false, stop: async () => {} },
  }
}
