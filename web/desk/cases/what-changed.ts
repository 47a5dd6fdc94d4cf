import type { Catalogue } from '../../shell/catalogue/zh.ts'
import type { Happening } from './case-view.ts'

type Words = Catalogue['casePage']['story']

/** The last day of the term before each event, by its version. */
export type DueBefore = ReadonlyMap<number, string | undefined>

/** The last day of the term as it stood before each event; an event that says nothing of it leaves it. */
export function dueBefore(events: readonly Happening[]): DueBefore {
  let due: string | undefined
  return new Map(
    events.map((event) => {
      const before = due
      const after = event.data.effect?.due
      if (after !== undefined) due = after ?? undefined
      return [event.version, before] as const
    }),
  )
}

/** What an event changed beside the state, in a few words each: the last day, a window, on whose approval, which rules hold. */
export function whatChanged({ version, data }: Happening, { words, due }: { words: Words; due: DueBefore }): string[] {
  const { effect } = data
  if (!effect) return [] // who only looks on is not told
  const before = due.get(version)
  const after = effect.due
  return [
    ...(after === undefined || after === (before ?? null) ? [] : [dueText(before, after, words)]),
    ...(effect.approval ? [words.approved(effect.approval.name, effect.approval.docNo ?? '')] : []),
    ...(effect.notice ? [words.window(effect.notice.from, effect.notice.lastDay)] : []),
    ...(effect.rules ? [words.frozen(effect.rules.length)] : []),
    ...(effect.cityForced ? [words.cityForced] : []),
  ]
}

function dueText(before: string | undefined, after: string | null, words: Words): string {
  if (after === null) return words.dueOff
  return before ? words.due(before, after) : words.dueSet(after)
}
