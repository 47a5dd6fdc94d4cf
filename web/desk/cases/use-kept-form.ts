import { useCallback, useMemo, useState } from 'react'
import { useMyDraft } from '../../shell/use-my-draft.ts'
import { type Base, baseOf, type KeptForm, readKept } from './base-of-form.ts'
import type { Detail } from './case-view.ts'
import type { FormMove } from './move-forms.ts'
import { today } from './today.ts'

type Values = Record<string, unknown>

/** A form that outlives what happens to the page: what it began on, what it would begin on now, and what was typed. */
export type Kept = {
  base: Base
  newest: Base
  /** What the form shows first: what was typed before, or what the case says. */
  first: Values
  /** When the draft that was found had been typed. */
  restored: string | undefined
  write(values: Values): void
  /** Goes on from the case as it is now, with what was typed. */
  rebase(values: Values): void
  discard(): void
  clear(): void
}

/** The draft of one move on one case of whoever is signed in, with the version of the case that it was begun on. */
export function useKeptForm(c: Detail, move: FormMove): Kept {
  const draft = useMyDraft<KeptForm>(`move.${c.id}.${move}`)
  const newest = useMemo(() => baseOf(c, move, today()), [c, move])
  const [found, setFound] = useState(() => readKept(draft.read()))
  const [base, setBase] = useState(found?.base ?? newest)
  const [first] = useState(found?.values ?? newest.start)
  const keep = useCallback((values: Values, on: Base) => draft.write({ values, base: on, at: new Date().toISOString() }), [draft])
  return {
    ...{ base, newest, first, restored: found?.at, clear: draft.clear },
    write: (values) => keep(values, base),
    rebase: (values) => {
      setBase(newest)
      keep(values, newest)
    },
    discard: () => {
      draft.clear()
      setFound(undefined)
      setBase(newest)
    },
  }
}
