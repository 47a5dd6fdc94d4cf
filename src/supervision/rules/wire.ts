import type { Actor } from '../../people/rules/actor.ts'
import { canSeeItem } from './access.ts'
import type { Hand, Item, ItemEvent, Stamp } from './item.ts'

/** A stamp as it leaves: when, who, in which post. */
const stampOf = ({ on, at, by }: Stamp) => ({ on, at, by: handOf(by) })
const handOf = (by: Hand) =>
  'role' in by
    ? { name: by.name, role: by.role, title: by.title ?? null, orgName: by.orgName ?? null }
    : { name: by.name, role: null, title: null, orgName: null }

/** Whether the actor sees how an item came about, not only what was sent: offices and leaders of the area, not whom it was sent to. */
export function seesInside(actor: Actor, item: Item): boolean {
  return canSeeItem(actor, { ...item, state: 'draft' })
}

/** An item in a list. */
export function listItem(item: Item) {
  const { id, version, kind, state, origin, region, org, orgName, title, no, due, leader } = item
  return {
    ...{ id, version, kind, state, origin, region, org, orgName, title },
    ...{ no: no ?? null, due: due ?? null, leader: leader ?? null },
    draftedOn: item.drafted.on,
    sentOn: item.sent?.on ?? null,
    triggers: [...new Set(item.grounds.map((g) => g.trigger))],
    cases: item.cases.map(({ id, no, title, colour }) => ({ id, no, title, colour })),
  }
}

/** An item in full. Whom it was sent to is not told who drafted and reviewed it. */
export function detail(item: Item, actor: Actor) {
  const inside = seesInside(actor, item)
  return {
    ...listItem(item),
    cases: item.cases.map(({ id, no, title, region, colour, why, due, leader }) => ({
      ...{ id, no, title, region, colour, why, due: due ?? null, leader: leader ?? null },
    })),
    text: item.text,
    grounds: item.grounds.map((g) => ({ ...g, case: g.case ?? null, rule: g.rule ?? null, source: g.source ?? null })),
    follows: item.follows ?? null,
    drafted: inside ? stampOf(item.drafted) : null,
    reviewed: inside && item.reviewed ? stampOf(item.reviewed) : null,
    signed: item.signed ? stampOf(item.signed) : null,
    sentBack: inside && item.sentBack ? { ...stampOf(item.sentBack), reason: item.sentBack.reason } : null,
    sent: item.sent ? stampOf(item.sent) : null,
    lifted: item.lifted ? { ...stampOf(item.lifted), reason: item.lifted.reason } : null,
    withdrawn: item.withdrawn ? { ...stampOf(item.withdrawn), reason: item.withdrawn.reason } : null,
    answers: item.answers.map((answer) => ({
      ...stampOf(answer),
      text: answer.text,
      files: answer.files.map(({ id, name, mime, bytes }) => ({ id, name, mime, bytes })),
      decided: answer.decided
        ? { ...stampOf(answer.decided), accepted: answer.decided.accepted, reason: answer.decided.reason }
        : null,
    })),
  }
}

const INSIDE: readonly ItemEvent['type'][] = ['draft', 'revise', 'review', 'send_back', 'withdraw']

/** The story of an item as it leaves; what happened before it was signed stays inside. */
export function events(list: readonly ItemEvent[], item: Item, actor: Actor) {
  const inside = seesInside(actor, item)
  return list
    .filter((e) => inside || !INSIDE.includes(e.type))
    .map(({ type, version, at, by, data: { from, to, on, act } }) => ({
      ...{ type, version, at, from, to, on, by: handOf(by) },
      reason: 'reason' in act ? (act.reason ?? null) : null,
    }))
}
