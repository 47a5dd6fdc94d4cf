import { useCallback, useState } from 'react'
import type { Shown } from '../../map/groups.ts'
import type { View } from '../../map/map-canvas.tsx'
import { useMe } from '../../shell/session.ts'

/** What somebody left the map like. */
export type Remembered = {
  /** Where it looked, and the drawn area that it was narrowed by then. */
  view?: View & { within: string }
  groups?: Record<string, Shown>
}

/** Kept on this machine for each person: whoever signs in after another is shown nothing that the other switched on. */
export function useRemembered(): [Remembered, (change: Remembered) => void] {
  const key = `qinba.map.${useMe().account}`
  const [remembered, setRemembered] = useState(() => read(key))
  const remember = useCallback(
    (change: Remembered) =>
      setRemembered((before) => {
        const after = { ...before, ...change }
        write(key, after)
        return after
      }),
    [key],
  )
  return [remembered, remember]
}

function read(key: string): Remembered {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as Remembered
  } catch {
    return {}
  }
}

// A full or forbidden store only costs the memory.
function write(key: string, value: Remembered): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {}
}
