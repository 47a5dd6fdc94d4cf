import { type Draft, useDraft } from '../ui/use-draft.ts'
import { useMe } from './session.ts'

/** A draft of the one who is signed in: whoever signs in after on the same tab is not shown it, and the same person finds it again. */
export function useMyDraft<T>(key: string): Draft<T> {
  return useDraft<T>(`${useMe().account}.${key}`)
}
