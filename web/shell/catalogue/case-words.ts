import type { Move, RecordAct } from '../../../src/cases/rules/codes.ts'
import { EVENT_OF_RECORD } from '../../../src/cases/rules/event.ts'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import type { RELATED_KINDS } from '../../../src/cases/rules/related.ts'

export type RelatedKind = (typeof RELATED_KINDS)[number]

const RECORD_OF = Object.fromEntries(Object.entries(EVENT_OF_RECORD).map(([act, event]) => [event, act as RecordAct]))

const namer = (language: 'zh' | 'en') => (type: string) =>
  MOVE_LABELS[(RECORD_OF[type] ?? type) as Move | RecordAct]?.[language] ?? type

/** What a kind of event is called: the name of the act behind it. */
export const EVENT_NAMES = { zh: namer('zh'), en: namer('en') }
