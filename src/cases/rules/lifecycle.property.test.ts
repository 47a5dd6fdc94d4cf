import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import { distanceM } from '../../places/rules/locate.ts'
import { authorOf, PEOPLE, walk as walkAnyhow, walks } from '../testing/random-walks.ts'
import { acts, begin, LAW, PLACE, people, type Story } from '../testing/story.ts'
import type { Act } from './act.ts'
import type { Case, EvidenceItem } from './case.ts'
import { GATES } from './checklist.ts'
import { ENDS, isEnded, PATHS, type State } from './codes.ts'
import { decide, evolve, fold } from './lifecycle.ts'
import { wayOf } from './paths.ts'
import { type Apart, PROCEDURE } from './procedure.ts'
import { REFUSAL_TEXTS } from './refusal-text.ts'

// Every refusal on the way has its text.
const walk = (w: Parameters<typeof walkAnyhow>[0], check: (story: Story, before: Case) => void): Story =>
  walkAnyhow(w, check, (refusal: Refusal) => expect(REFUSAL_TEXTS, refusal.code).toHaveProperty([refusal.code]))

describe('random acts', () => {
  const RUNS = { numRuns: 200 }

  it('never reach a state the path does not pass; the state is the fold of its events and their number its version', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(walks, (w) => {
        const story = walk(w, ({ c }) => {
          const way = wayOf(c, { law: LAW, today: toDay('2026-03-02') })
          expect([...way.rule.states, ...ENDS]).toContain(c.state)
          reached.add(`${w.path} ${c.state}`)
        })
        expect(story.c.version).toBe(story.events.length)
        expect(story.events.map((event) => event.version)).toEqual(story.events.map((_, i) => i + 1))
        const stored = JSON.parse(JSON.stringify(story.events)) as typeof story.events
        expect(JSON.parse(JSON.stringify(fold(stored)))).toEqual(story.c)
      }),
      { ...RUNS, seed: 1 },
    )
    // The walks are worth something only if they get everywhere: every state of every path but a few rare ends.
    for (const path of PATHS) expect([...reached].filter((state) => state.startsWith(path)).length, path).toBeGreaterThan(8)
    expect([...reached].filter((state) => state.endsWith(' closed'))).toHaveLength(PATHS.length)
  })

  it('never take more returns than the path allows, never forget the clock of the dispatch over a return', () => {
    fc.assert(
      fc.property(walks, (w) => {
        walk(w, ({ c }, before) => {
          expect(c.returns).toBeLessThanOrEqual(wayOf(c, { law: LAW, today: toDay('2026-03-02') }).rule.returnLimit)
          const overruled = before.state === 'returned' && c.state === 'assigned'
          if (overruled) expect(c.clocks.stage?.started).toBe(c.assigned?.on)
          if (before.state === c.state) expect(c.clocks.stage?.started).toBe(before.clocks.stage?.started)
        })
      }),
      { ...RUNS, seed: 2 },
    )
  })

  it('never let who rectified accept', () => {
    fc.assert(handsAreApart(), { ...RUNS, seed: 3 })
  })

  it('would find the bug: acceptance by whom it may concern', () => {
    const rule = PROCEDURE.county_accept as { notBy?: readonly Apart[] }
    const apart = rule.notBy ?? []
    rule.notBy = []
    try {
      expect(fc.check(handsAreApart(), { ...RUNS, seed: 3, endOnFailure: true }).failed).toBe(true)
    } finally {
      rule.notBy = apart
    }
  })

  it('never close without fresh evidence', () => {
    fc.assert(closingIsProved(), { ...RUNS, seed: 4 })
  })

  it('would find the bug: the gate of the evidence left open', () => {
    const gates = GATES as { evidence: (typeof GATES)['evidence'] }
    const gate = gates.evidence
    gates.evidence = () => undefined
    try {
      expect(fc.check(closingIsProved(), { ...RUNS, seed: 4, endOnFailure: true }).failed).toBe(true)
    } finally {
      gates.evidence = gate
    }
  })

  it('taken back, everything but the version is as it was before, whatever was done; nothing is forgotten', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(walks, (w) => {
        walk(w, (story, before) => {
          const event = story.events.at(-1)!
          const undone = story.ask(authorOf(story), { move: 'undo' }, { last: { event, before, left: false } })
          if (isRefusal(undone)) return
          seen.add(event.type)
          const after = evolve(story.c, undone)
          expect(after).toEqual({ ...before, version: before.version + 2 })
          expect(fold([...story.events, undone])).toEqual(after)
        })
      }),
      { ...RUNS, seed: 6 },
    )
    expect(seen.size).toBeGreaterThan(10)
    for (const kind of ['report', 'close', 'publicise', 'file', 'merge', 'transfer', 'object', 'evidence_added', 'undone'])
      expect(seen).not.toContain(kind)
  })

  it('never move an ended case but by looking back, reopening or adding to it', () => {
    fc.assert(
      fc.property(walks, (w) => {
        walk(w, (story, before) => {
          if (isEnded(before.state))
            expect(['recheck', 'reopen', 'evidence_added', 'undone']).toContain(story.events.at(-1)?.type)
        })
      }),
      { ...RUNS, seed: 5 },
    )
  })
})

function handsAreApart() {
  return fc.property(walks, (w) => {
    walk(w, ({ c }) => expect(sameHands(c)).toEqual([]))
  })
}

function closingIsProved() {
  return fc.property(walks, (w) => {
    walk(w, ({ c, events }) => {
      if (events.at(-1)?.type === 'close' && !isFreshlyProved(c))
        throw new Error(`closed without proof: ${JSON.stringify(c.evidence)}`)
    })
  })
}

// Written anew, not by proof.ts: a pair of photos, the second later, of this round, near; or vouched for, with the city on site.
function isFreshlyProved(c: Case): boolean {
  const of = (kind: EvidenceItem['kind']) => c.evidence.filter((item) => item.kind === kind)
  const whole = (item: EvidenceItem) => Boolean(item.hasExif && item.takenAt && item.point)
  const visited = c.checks.city !== undefined
  const good = (item: EvidenceItem) => whole(item) || (item.attestedBy !== undefined && visited)
  return of('after').some((after) => {
    const taken = Date.parse(after.takenAt ?? after.at)
    const fresh = !c.roundSince || taken > Date.parse(c.roundSince)
    const near = !after.point || distanceM(PLACE, after.point) <= 200.5
    const later = of('before').some((before) => good(before) && (!before.takenAt || Date.parse(before.takenAt) < taken))
    return good(after) && fresh && near && later
  })
}

function sameHands(c: Case): string[] {
  const hands = [c.checks.self?.by.account, ...c.progress.map((progress) => progress.by.account)]
  const orgs = c.duties.filter((duty) => ['responsible', 'lead', 'supporting'].includes(duty.as)).map((duty) => duty.org)
  const accepted = [c.checks.county, c.checks.city].filter((check) => check !== undefined)
  return accepted.filter(({ by }) => hands.includes(by.account) || orgs.includes(by.org ?? '')).map(({ by }) => by.account)
}

describe('decide', () => {
  it('is total: any act on any case gives an event or a refusal', () => {
    const story = begin('patrol')
    for (const state of ['reported', 'objected', 'closed'] as State[])
      for (const act of Object.values(acts) as Act[])
        for (const who of PEOPLE) {
          const c: Case = { ...story.c, state }
          const env = { by: people[who], at: story.events[0]!.at, today: story.day, law: LAW }
          expect(typeof decide(c, act, env)).toBe('object')
        }
  })
})
