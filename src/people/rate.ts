/** Counts in fixed windows, in this process only: it keeps a machine from taking all of the server, it is no lock. */
export interface Rate {
  /** Counts one; the seconds to wait when the window is full, else undefined. */
  count(key: string, o: { most: number; now: Date }): number | undefined
  /** Whether the window is full, without counting. */
  isFull(key: string, o: { most: number; now: Date }): number | undefined
}

/** Opens counters over windows of so many milliseconds. What is kept is of the present window only. */
export function openRate(windowMs: number): Rate {
  let begun = 0
  let counts = new Map<string, number>()
  const turn = (now: Date) => {
    const window = Math.floor(now.getTime() / windowMs)
    if (window === begun) return
    begun = window
    counts = new Map()
  }
  const wait = (now: Date) => Math.ceil(((begun + 1) * windowMs - now.getTime()) / 1000)
  return {
    count(key, { most, now }) {
      turn(now)
      const n = (counts.get(key) ?? 0) + 1
      counts.set(key, n)
      return n > most ? wait(now) : undefined
    },
    isFull(key, { most, now }) {
      turn(now)
      return (counts.get(key) ?? 0) >= most ? wait(now) : undefined
    },
  }
}
