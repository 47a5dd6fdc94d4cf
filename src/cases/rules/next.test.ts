import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { LAW, momentOf, people, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { Case } from './case.ts'
import { isEnded, PATHS, STATES } from './codes.ts'
import { whatNow } from './lifecycle.ts'
import { movesBefore, nextOf } from './next.ts'

const at = (day: string) => ({ law: LAW, today: toDay(day), at: momentOf(day) })
const next = (c: Case, day = '2026-03-21') => nextOf(c, at(day))
const EVERYBODY = Object.values(people)

describe('whose turn it is', () => {
  it('names the move, who makes it, since when and until when', () => {
    const { c } = walkTo('inspection', 'assigned')
    const [sign, ...later] = next(c, '2026-03-03')
    expect(sign).toMatchObject({ move: 'sign', waits: 'now', to: 'signed', since: c.assigned!.on, overdue: false, lacks: [] })
    expect(sign!.by).toEqual([
      { role: 'unit', bond: 'rectifier', orgs: expect.arrayContaining([{ id: 'unit', name: '汉台区住建局' }]) },
    ])
    expect(sign!.until! > sign!.since!).toBe(true)
    expect(later.map(({ move }) => move)).toEqual([
      ...['plan', 'approve_plan', 'self_check', 'county_accept', 'city_accept', 'publicise', 'file', 'close'],
    ])
    expect(later[0]).toMatchObject({ waits: 'later', after: 'sign' })
    expect(later.find(({ move }) => move === 'city_accept')!.notBy).toEqual(['rectifier', 'county_acceptor'])
  })

  it('says what the case lacks, in the words of the gate', () => {
    const { c } = walkTo('inspection', 'rectifying')
    const self = next({ ...c, evidence: [] }).find(({ move }) => move === 'self_check')!
    expect(self.lacks.map(({ why }) => why.code)).toEqual(['cases/measures-open', 'cases/before-photo-missing'])
  })

  it('a window has to run out and is not late; a stage that ran out is', () => {
    const { c } = walkTo('inspection', 'publicising')
    const [file] = next(c, '2026-03-23')
    expect(file).toMatchObject({ move: 'file', opens: c.notice!.lastDay, overdue: false })
    expect(file!.lacks[0]!.why.code).toBe('cases/window-running')
    expect(next(walkTo('inspection', 'assigned').c, '2026-04-30')[0]!.overdue).toBe(true)
  })

  it('a proposal, a request and a suspension wait for somebody beside the line', () => {
    const story = walkTo('inspection', 'rectifying')
    const asked = { ...story.c, pending: { kind: 'colour' as const, colour: 'red' as const, reason: 'x', ...story.c.assigned! } }
    expect(next(asked)[0]).toMatchObject({ move: 'override_colour', by: [{ role: 'leader', bond: 'area' }] })
    const suspended = { ...story.c, suspension: { ...story.c.assigned!, reason: 'x', basis: 'x', approvedBy: {} as never } }
    expect(next(suspended)[0]).toMatchObject({ move: 'resume', since: story.c.assigned!.on })
  })

  // Whoever may move a case along by `whatNow` is named as having the turn, in every state of every path.
  it.each(PATHS)('%s: agrees in every state with what each person is told', (path) => {
    for (const state of STATES.filter((each) => !isEnded(each))) {
      const c = reached(path, state)
      if (!c) continue
      const turns = nextOf(c, at('2026-03-21')).filter(({ waits }) => waits === 'now')
      expect(turns.length, `${path} ${state}`).toBeGreaterThan(0)
      for (const person of EVERYBODY) {
        const { by: _, ...env } = { ...at('2026-03-21'), by: person }
        const allowed = whatNow(c, person, env).filter(
          (option) => option.allowed && turns.some(({ move }) => move === option.move),
        )
        for (const { move } of allowed) {
          const turn = turns.find((each) => each.move === move)!
          expect(
            turn.by.map(({ role }) => role),
            `${path} ${state} ${move}`,
          ).toContain(person.holdings[0]!.role)
          expect(turn.lacks, `${path} ${state} ${move}`).toEqual([])
        }
      }
    }
  })

  it('nothing comes after the end', () => {
    expect(next(walkTo('inspection', 'closed').c)).toEqual([])
  })
})

function reached(path: (typeof PATHS)[number], state: (typeof STATES)[number]): Case | undefined {
  try {
    return walkTo(path, state).c
  } catch {
    return undefined // not on this path
  }
}

describe('what comes before a move', () => {
  const before = (story: Story, move: Parameters<typeof movesBefore>[1]) => movesBefore(story.c, move, at('2026-03-21'))

  it('the moves of the line up to it, first to last; nothing where the line does not lead there', () => {
    expect(before(walkTo('inspection', 'signed'), 'county_accept')).toEqual(['plan', 'approve_plan', 'self_check'])
    expect(before(walkTo('inspection', 'signed'), 'sign')).toEqual([])
    expect(before(walkTo('patrol', 'rectifying'), 'close')).toEqual(['self_check', 'county_accept'])
    expect(before(walkTo('inspection', 'publicising'), 'close')).toEqual(['file'])
    expect(before(walkTo('inspection', 'rectifying'), 'city_reject')).toEqual(['self_check', 'county_accept'])
  })
})
