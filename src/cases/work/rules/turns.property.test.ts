import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '../../../base/rules/day.ts'
import type { Actor } from '../../../people/rules/actor.ts'
import type { Case } from '../../rules/case.ts'
import { isEnded, type Move, PATHS } from '../../rules/codes.ts'
import { reportingSince } from '../../rules/colours.ts'
import { whatNow } from '../../rules/lifecycle.ts'
import { rowFor } from '../../rules/paths.ts'
import { isRecheckDue } from '../../rules/recheck.ts'
import { PEOPLE, walk, walks } from '../../testing/random-walks.ts'
import { acts, begin, LAW, momentOf, people, photo, type Story } from '../../testing/story.ts'
import { stepsOf, walkTo } from '../../testing/walks.ts'
import { groupOf, isTurnOf, WORK_GROUPS, type WorkGroup, workDays } from './groups.ts'
import { DUTIES, turnsOf } from './turns.ts'

// What the procedure itself says somebody may do now, and which of it is work of the day.
function byProcedure(c: Case, actor: Actor, today: Day): Move[] {
  const open = whatNow(c, actor, { at: momentOf(today), today, law: LAW }).filter((option) => option.allowed)
  return open.map((option) => option.move).filter((move) => (DUTIES as readonly Move[]).includes(move) && isWork(c, move, today))
}

function isWork(c: Case, move: Move, today: Day): boolean {
  if (move === 'mark_unfounded') return c.pending?.kind === 'unfounded'
  if (move === 'override_colour') return c.pending?.kind === 'colour'
  if (move === 'recheck') return isRecheckDue(c, today)
  if (move !== 'progress') return true
  const every = rowFor(c, 'path', { law: LAW, today }).value.reportEveryDays
  const since = reportingSince(c)
  return !c.suspension && every !== undefined && since !== undefined && addDays(since, every) <= today
}

// What was written of the case on the day it last moved says of a later day.
function byTurns(c: Case, actor: Actor, o: { written: Day; today: Day }): WorkGroup[] {
  const mine = turnsOf(c, { law: LAW, today: o.written }).filter((turn) => isTurnOf(actor, c, turn))
  return mine.flatMap((turn) => groupOf(turn, workDays(o.today, LAW)) ?? [])
}

const moves = (groups: readonly WorkGroup[]) => groups.filter((group) => (DUTIES as readonly string[]).includes(group))

// Two of the people in one, and the same people with less to see.
const MIXED: Actor[] = [
  { ...people.office, holdings: [...people.county.holdings, ...people.unit.holdings] },
  { ...people.inspector, holdings: [...people.inspector.holdings, ...people.county.holdings] },
  { ...people.leader, account: 'office' },
  { ...people.office, clearance: 0 },
]
const ACTORS: Actor[] = [...PEOPLE.map((who) => people[who]), ...MIXED]

const LATER = [0, 1, 8, 200] as const

// The groups that somebody has are those that the procedure says, the same day and days later; gives all that were seen.
function agree({ c, day }: Pick<Story, 'c' | 'day'>, o: { later: number; actors: Actor[] }): WorkGroup[] {
  const today = addDays(day, o.later)
  return o.actors.flatMap((actor) => {
    const groups = byTurns(c, actor, { written: day, today })
    const told = `${c.path} ${c.state} ${actor.name} +${o.later}`
    expect(moves(groups).sort(), told).toEqual(byProcedure(c, actor, today).sort())
    return groups
  })
}

describe('whose turn it is', () => {
  it('is what the procedure says, for everybody, at every step of every path and on what leads aside', () => {
    const seen = new Set<WorkGroup>()
    const look = (story: Story) => {
      for (const later of LATER) for (const group of agree(story, { later, actors: ACTORS })) seen.add(group)
    }
    for (const path of PATHS) {
      const story = begin(path)
      for (const step of stepsOf(path)) {
        look(story)
        step.do(story)
      }
      look(story)
      const returned = walkTo(path, 'assigned')
      returned.go('unit', acts.return)
      look(returned)
    }
    const objected = walkTo('inspection', 'publicising')
    objected.go('resident', acts.object)
    look(objected)
    const asked = walkTo('inspection', 'rectifying')
    asked.go('unit', acts.extend)
    look(asked)
    const proposed = walkTo('inspection', 'rectifying')
    proposed.go('office', acts.red)
    look(proposed)
    const drawn = walkTo('inspection', 'filed')
    drawn.go('office', acts.close, { draw: 0.01 })
    look(drawn)
    const sentBack = walkTo('inspection', 'plan_submitted')
    sentBack.go('leader', acts.rejectPlan)
    look(sentBack)
    const visited = walkTo('inspection', 'rectifying')
    visited.go('unit', photo('site_visit', visited.day))
    visited.go('office', acts.unfounded)
    look(visited)
    expect(WORK_GROUPS.filter((group) => !seen.has(group))).toEqual([])
  })

  it('is what the procedure says, wherever a case got to', () => {
    fc.assert(
      fc.property(walks, fc.constantFrom(...LATER), (w, later) => {
        walk(w, (story) => {
          agree(story, { later, actors: ACTORS.filter((_, i) => (i + story.c.version) % 4 === 0) })
        })
      }),
      { numRuns: 50, seed: 7 },
    )
  })

  it('a last day presses whoever answers for it while the clock runs: near, then overdue', () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 0, max: 60 }), (w, later) => {
        walk(w, ({ c, day }) => {
          const today = addDays(day, later)
          const groups = byTurns(c, people.office, { written: day, today })
          const running = !isEnded(c.state) && c.due !== undefined && c.clocks.case !== undefined && !c.clocks.case.stopped
          expect(groups.includes('overdue')).toBe(running && c.due! < today)
          expect(groups.includes('due_soon')).toBe(running && c.due! >= today && c.due! <= addDays(today, 7))
          if (groups.includes('overdue')) expect(byTurns(c, people.otherCounty, { written: day, today })).not.toContain('overdue')
        })
      }),
      { numRuns: 40, seed: 8 },
    )
  })

  it('what was sent back stands with its unit, not with who looks on', () => {
    let n = 0
    fc.assert(
      fc.property(walks, (w) => {
        walk(w, ({ c, day, events }) => {
          const isBack = (who: Actor) => byTurns(c, who, { written: day, today: day }).includes('returned')
          expect(isBack(people.office) || isBack(people.stranger)).toBe(false)
          const last = events.at(-1)!
          if (!['county_reject', 'city_reject', 'reject_plan'].includes(last.type)) return
          n++
          expect(isBack(people.unit), last.type).toBe(true)
        })
      }),
      { numRuns: 100, seed: 9 },
    )
    expect(n).toBeGreaterThan(4)
  })
})
