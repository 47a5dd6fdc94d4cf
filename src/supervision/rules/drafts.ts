import { dueOf } from '../../base/rules/clock.ts'
import { addDays, type Day, type Month, monthOf } from '../../base/rules/day.ts'
import { isUnverified, type Law, type RuleRow, versionOf } from '../../base/rules/law.ts'
import type { Params } from '../../base/rules/refusal.ts'
import type { Snapshot } from '../../cases/rules/colours.ts'
import { isOver, type Kind, nextKind, rankOf, type Trigger } from './codes.ts'
import type { CaseRef, Draft, Ground, Item } from './item.ts'
import { draftWords } from './letter.ts'
import { againRow, type TriggerRule, triggerRow } from './rows.ts'

/** An open case under pressure, with who answers for it and its frozen months. */
export type Pressed = { ref: CaseRef; org: string; orgName: string; past: readonly Snapshot[] }

/** An item that touches one of the cases. */
export type Known = Pick<Item, 'id' | 'kind' | 'state' | 'org' | 'clock' | 'no'> & {
  cases: string[]
  sentOn?: Day
  endedOn?: Day
}

type Asked = { cases: readonly Pressed[]; items: readonly Known[]; law: Law; today: Day; cityRegion: string }

/**
 * What the rules of the day would draft: for each case the highest step that one of its triggers asks for, unless an item of that step or a
 * higher one is open or one of that step ended only lately; then grouped as the rule says. Pure, so a dry run is the same as the real one.
 */
export function planDrafts(o: Asked): Draft[] {
  const items = byCase(o.items)
  const wanted = o.cases.flatMap((c) => {
    const known = items.get(c.ref.id) ?? []
    const best = highest(triggersOf(c, known, o))
    return best && isFree(best.kind, known, o) ? [{ c, ...best }] : []
  })
  return grouped(wanted).map((group) => draftOf(group, o.cityRegion))
}

type Reason = { kind: Kind; ground: Ground; row: RuleRow<TriggerRule>; follows?: string }
type Wanted = { c: Pressed; kind: Kind; reasons: Reason[] }

function triggersOf(c: Pressed, known: readonly Known[], o: Asked): Reason[] {
  return [...byColour(c, o), ...byMonths(c, known, o), ...byAnswer(c, known, o)]
}

function byColour(c: Pressed, o: Asked): Reason[] {
  if (c.ref.colour === 'green') return []
  const why = c.ref.why.map(({ rule }) => rule).join(', ')
  return reason(c.ref.colour, c, { o, from: undefined, inputs: { no: c.ref.no, colour: c.ref.colour, why } })
}

// Yellow is counted in the months themselves; red only in those that ended since the last letter: it had its chance to help.
function byMonths(c: Pressed, known: readonly Known[], o: Asked): Reason[] {
  const last = highestSent(known)
  const yellow = runOf(c, 'yellow', o)
  const red = runOf(c, 'red', o, last?.sentOn && monthOf(last.sentOn))
  return [
    ...(yellow.length > 0
      ? reason('yellow_months', c, { o, from: last?.kind, inputs: { no: c.ref.no, months: yellow.join(', ') } })
      : []),
    ...(last && red.length > 0
      ? reason('red_months', c, {
          o,
          from: last.kind,
          inputs: { no: c.ref.no, months: red.join(', '), letter: last.no ?? '', sentOn: last.sentOn ?? '' },
        })
      : []),
  ]
}

function byAnswer(c: Pressed, known: readonly Known[], o: Asked): Reason[] {
  return known.flatMap((item) => {
    const due = item.clock && !item.clock.stopped ? dueOf(item.clock, o.law.calendar) : undefined
    const inputs = { letter: item.no ?? '', sentOn: item.sentOn ?? '' }
    const shared = { o, from: item.kind, follows: item.id }
    if (item.state === 'sent' && due !== undefined && o.today > due)
      return reason('unanswered', c, { ...shared, inputs: { ...inputs, due } })
    return item.state === 'not_accepted' ? reason('not_accepted', c, { ...shared, inputs }) : []
  })
}

type Because = { o: Asked; from: Kind | undefined; inputs: Params; follows?: string }

function reason(trigger: Exclude<Trigger, 'hand'>, c: Pressed, { o, from, inputs, follows }: Because): Reason[] {
  const row = triggerRow(o.law, trigger, o.today)
  const kind = row.value.step === 'next' ? from && nextKind(from) : row.value.step
  if (!kind || (row.value.until && rankOf(kind) > rankOf(row.value.until))) return []
  const cited = { rule: versionOf(row), source: row.source, unverified: isUnverified(row) }
  return [{ kind, row, ground: { trigger, case: c.ref.id, ...cited, inputs }, ...(follows && { follows }) }]
}

/** The last `months` frozen months, newest first, when each of them had this colour and none lies before `since`. */
function runOf(c: Pressed, colour: 'yellow' | 'red', o: Asked, since?: Month): string[] {
  const { months = 0 } = triggerRow(o.law, `${colour}_months`, o.today).value
  const run = [...c.past].sort((a, b) => (a.month < b.month ? 1 : -1)).slice(0, months)
  const holds = run.length === months && run.every((s) => s.colour === colour && (!since || s.month >= since))
  return holds ? run.map((s) => s.month).reverse() : []
}

function highest(reasons: Reason[]): { kind: Kind; reasons: Reason[] } | undefined {
  const top = [...reasons].sort((a, b) => rankOf(b.kind) - rankOf(a.kind))[0]
  return top && { kind: top.kind, reasons: reasons.filter((r) => r.kind === top.kind) }
}

function highestSent(known: readonly Known[]): Known | undefined {
  const sent = known.filter((item) => item.sentOn && !isOver(item.state))
  return sent.sort((a, b) => rankOf(b.kind) - rankOf(a.kind))[0]
}

function isFree(kind: Kind, known: readonly Known[], o: Asked): boolean {
  const again = againRow(o.law, o.today).value.days
  return !known.some((item) => {
    if (!isOver(item.state)) return rankOf(item.kind) >= rankOf(kind)
    return item.kind === kind && item.endedOn !== undefined && addDays(item.endedOn, again) >= o.today
  })
}

function byCase(items: readonly Known[]): Map<string, Known[]> {
  const found = new Map<string, Known[]>()
  for (const item of items) for (const id of item.cases) found.set(id, [...(found.get(id) ?? []), item])
  return found
}

function grouped(wanted: readonly Wanted[]): Wanted[][] {
  const groups = new Map<string, Wanted[]>()
  for (const w of wanted) {
    const [first] = w.reasons
    const own = first!.row.value.group === 'case' ? w.c.ref.id : ''
    const key = [w.kind, w.c.org, first!.ground.trigger, first!.follows ?? '', own].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), w])
  }
  return [...groups.values()].flatMap((group) => chunks(group, group[0]!.reasons[0]!.row.value.most))
}

const chunks = <T>(list: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, i) => list.slice(i * most, (i + 1) * most))

function draftOf(group: readonly Wanted[], cityRegion: string): Draft {
  const { c: first, kind, reasons } = group[0]!
  const regions = new Set(group.map(({ c }) => c.ref.region))
  const cases = group.map(({ c }) => c.ref)
  const leaders = new Set(cases.map((c) => c.leader && `${c.leader.name} ${c.leader.title}`))
  const leader = leaders.size === 1 ? first.ref.leader : undefined
  const grounds = group.flatMap((w) => w.reasons.map((r) => r.ground))
  const follows = reasons.find((r) => r.follows)?.follows
  return {
    ...{ move: 'draft', kind, origin: 'rule', org: first.org, orgName: first.orgName, cases, grounds },
    region: regions.size === 1 ? first.ref.region : cityRegion,
    ...draftWords(kind, cases),
    ...(leader && { leader }),
    ...(follows && { follows }),
  }
}
