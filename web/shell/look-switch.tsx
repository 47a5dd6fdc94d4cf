import { useText } from './language.tsx'
import { LOOKS, useLook } from './look.tsx'

const SIGNS = { system: '◐', light: '☀', dark: '☾' } as const

/** As the machine, light, dark: one button that goes round and says what it is and what comes next. */
export function LookSwitch() {
  const t = useText()
  const { chosen, choose } = useLook()
  const next = LOOKS[(LOOKS.indexOf(chosen) + 1) % LOOKS.length]!
  const label = t.look.switch(t.look[chosen], t.look[next])
  return (
    <button type="button" className="link-button look-switch" title={label} aria-label={label} onClick={() => choose(next)}>
      {SIGNS[chosen]}
    </button>
  )
}
