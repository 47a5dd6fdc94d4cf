import type { Announced, Announcement } from '../base/delivery/announced.ts'
import type { Text } from '../base/problem.ts'
import { MAY_LEAVE, MOVES, RECORDS } from './rules/codes.ts'
import { EVENT_OF_RECORD, type EventType } from './rules/event.ts'
import { MOVE_LABELS } from './rules/labels.ts'
import { briefsOf } from './store.ts'

const LABELS = new Map<string, Text>([
  ...MOVES.map((move): [EventType, Text] => [move, MOVE_LABELS[move]]),
  ...RECORDS.map((record): [EventType, Text] => [EVENT_OF_RECORD[record], MOVE_LABELS[record]]),
])

/** What others may be told of the problem list: number, act and day, for cases that are public or internal. */
export const announced: Announced = {
  context: 'cases',
  kinds: Object.fromEntries([...LABELS].map(([type, label]) => [`cases.${type}`, label])),
  async announce(db, tenant, events) {
    const briefs = await briefsOf(db, tenant, [...new Set(events.map((e) => e.subject))])
    return new Map(
      events.flatMap((e): [number, Announcement][] => {
        const brief = briefs.get(e.subject)
        if (!brief || brief.secrecy > MAY_LEAVE) return []
        const { secrecy, region, orgs, no, due } = brief
        const text = `${no} ${LABELS.get(e.kind)?.zh ?? e.kind}${due ? `，期限 ${due}` : ''}`
        return [[e.seq, { kind: `cases.${e.kind}`, secrecy, region, orgs, text }]]
      }),
    )
  },
}
