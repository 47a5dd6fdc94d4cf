import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import type { Catalogue } from '../../shell/catalogue/zh.ts'
import type { Language } from '../../shell/language.tsx'
import type { Happening } from './case-view.ts'

/** An event as a sentence. What a reader may not see is absent from the event: then the name of the move must do. */
export function tell(event: Happening, { t, language }: { t: Catalogue; language: Language }): string {
  const sentence = t.events[event.type] as ((act: unknown, effect: unknown) => string) | undefined
  try {
    return sentence ? sentence(event.data.act, event.data.effect) : event.type
  } catch {
    return event.type in MOVE_LABELS ? MOVE_LABELS[event.type as keyof typeof MOVE_LABELS][language] : event.type
  }
}
