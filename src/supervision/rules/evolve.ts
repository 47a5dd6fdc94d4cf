import type { Act, Answer, Draft, Item, ItemEvent, Stamp } from './item.ts'

/** The next state of an item; total, needs no law. */
export function evolve(before: Item | undefined, e: ItemEvent): Item {
  const { act } = e.data
  if (act.move === 'draft') return begun(act, e)
  if (!before) throw new Error(`${e.type} before draft`)
  return { ...changed(before, act, e), state: e.data.to, version: e.version }
}

/** The state of an item after all its events. */
export function fold(events: readonly ItemEvent[]): Item | undefined {
  return events.reduce<Item | undefined>(evolve, undefined)
}

const stamp = (e: ItemEvent): Stamp => ({ on: e.data.on, at: e.at, by: e.by })

function begun({ move: _, ...said }: Draft, e: ItemEvent): Item {
  const secrecy = Math.max(0, ...said.cases.map((c) => c.secrecy))
  const empty = { revised: [], answers: [], drafted: stamp(e) }
  return { tenant: e.tenant, id: e.item, version: e.version, state: e.data.to, secrecy, ...said, ...empty }
}

function changed(item: Item, act: Exclude<Act, Draft>, e: ItemEvent): Item {
  switch (act.move) {
    case 'revise': {
      // What was reviewed is another text now.
      const { reviewed: _, ...rest } = item
      return { ...rest, title: act.title, text: act.text, revised: [...item.revised, e.by] }
    }
    case 'review':
      return { ...item, reviewed: stamp(e) }
    case 'send_back': {
      const { reviewed: _r, signed: _s, ...rest } = item
      return { ...rest, sentBack: { ...stamp(e), reason: act.reason } }
    }
    case 'sign':
      return { ...item, signed: stamp(e) }
    case 'send':
      return { ...item, ...e.data.effect, sent: stamp(e) }
    case 'answer':
      return stopped({ ...item, answers: [...item.answers, { ...stamp(e), text: act.text, files: act.files }] }, e)
    case 'accept':
      return decided(item, { ...stamp(e), accepted: true, reason: act.reason ?? '' })
    case 'reject':
      return decided(item, { ...stamp(e), accepted: false, reason: act.reason })
    case 'lift':
      return stopped({ ...item, lifted: { ...stamp(e), reason: act.reason } }, e)
    case 'withdraw':
      return { ...item, withdrawn: { ...stamp(e), reason: act.reason } }
  }
}

// The term is met by the first answer; what comes after does not start it again.
function stopped(item: Item, e: ItemEvent): Item {
  return item.clock && !item.clock.stopped ? { ...item, clock: { ...item.clock, stopped: e.data.on } } : item
}

function decided(item: Item, word: NonNullable<Answer['decided']>): Item {
  const last = item.answers.length - 1
  return { ...item, answers: item.answers.map((answer, i) => (i === last ? { ...answer, decided: word } : answer)) }
}
