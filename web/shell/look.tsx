import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'

export const LOOKS = ['system', 'light', 'dark'] as const
export type Look = (typeof LOOKS)[number]
type Choice = {
  chosen: Look
  shown: 'light' | 'dark'
  /** The same, but not changed by printing: for what is too dear to be drawn anew for it, a map. */
  onScreen: 'light' | 'dark'
  choose(look: Look): void
}

const STORED = 'qinba.look'
const LookContext = createContext<Choice>({
  chosen: 'system',
  shown: 'light',
  onScreen: 'light',
  choose: () => {},
})

/** Light or dark: as the machine is set, unless somebody chose; the choice is kept on this machine. What is printed is light. */
export function LookProvider({ children }: { children: ReactNode }) {
  const [chosen, choose] = useState<Look>(storedLook)
  const system = useMedia('(prefers-color-scheme: dark)')
  const paper = useMedia('print')
  const wanted = chosen === 'dark' || (chosen === 'system' && system)
  const dark = wanted && !paper
  useEffect(() => markLook(dark ? 'dark' : 'light'), [dark])
  useEffect(() => keepLook(chosen), [chosen])
  const choice = useMemo<Choice>(
    () => ({ chosen, shown: dark ? 'dark' : 'light', onScreen: wanted ? 'dark' : 'light', choose }),
    [chosen, dark, wanted],
  )
  return <LookContext value={choice}>{children}</LookContext>
}

/** The look of the screen and the way to change it. */
export function useLook(): Choice {
  return useContext(LookContext)
}

/** Says to the style sheets which look it is; called before the first drawing too, so that nothing flashes. */
export function markLook(shown: 'light' | 'dark' = firstLook()): void {
  document.documentElement.dataset['look'] = shown
}

/** Remembers the choice; signing out empties the store, and the look is no secret. */
export function keepLook(look: Look): void {
  localStorage.setItem(STORED, look)
}

function firstLook(): 'light' | 'dark' {
  const chosen = storedLook()
  return chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches) ? 'dark' : 'light'
}

function storedLook(): Look {
  const stored = localStorage.getItem(STORED)
  return LOOKS.find((look) => look === stored) ?? 'system'
}

function useMedia(query: string): boolean {
  const media = useMemo(() => matchMedia(query), [query])
  return useSyncExternalStore(
    (changed) => {
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => media.matches,
  )
}
