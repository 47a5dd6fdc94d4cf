import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import { draft, env, ref, type Who, who } from '../testing/kit.ts'
import { canSeeItem, itemSightOf } from './access.ts'
import { hasLeftOffice, ITEM_MOVES, ITEM_STATES, type ItemMove, type ItemState, KINDS, type Kind } from './codes.ts'
import type { Act, Item, ItemEvent } from './item.ts'
import { decide, evolve, fold, LADDER, whatNow } from './ladder.ts'
import { refusalText } from './refusal-text.ts'

const DAY = '2026-03-02'
type Said = Exclude<Act, { move: 'draft' }>

const ACTS: Record<Exclude<ItemMove, 'draft'>, Said> = {
  revise: { move: 'revise', title: '提醒函二稿', text: '请立即整改' },
  review: { move: 'review' },
  send_back: { move: 'send_back', reason: '事实不清' },
  sign: { move: 'sign' },
  send: { move: 'send' },
  answer: { move: 'answer', text: '已清运', files: [] },
  accept: { move: 'accept' },
  reject: { move: 'reject', reason: '没有措施' },
  lift: { move: 'lift', reason: '已整改' },
  withdraw: { move: 'withdraw', reason: '不再需要' },
}

function begin(kind: Kind = 'reminder', by: Who = 'office'): Item {
  return evolve(undefined, taken(decide(undefined, draft({ kind }), env(by, DAY))))
}

function taken(answer: ItemEvent | Refusal): ItemEvent {
  if (isRefusal(answer)) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`)
  return answer
}

const go = (item: Item, by: Who, move: keyof typeof ACTS, day = DAY): Item =>
  evolve(item, taken(decide(item, ACTS[move], env(by, day))))
const no = (item: Item, by: Who, act: Said, day = DAY): string => {
  const answer = decide(item, act, env(by, day))
  return isRefusal(answer) ? answer.code : 'taken'
}

const WAY: [Who, keyof typeof ACTS][] = [
  ['office', 'review'],
  ['leader', 'sign'],
  ['second', 'send'],
  ['unit', 'answer'],
]

/** An item in each state, as its life leads there. */
function inState(state: ItemState, kind: Kind = 'reminder'): Item {
  const steps = { draft: 0, reviewed: 1, signed: 2, sent: 3, answered: 4, accepted: 4, not_accepted: 4, lifted: 3, withdrawn: 0 }
  const item = WAY.slice(0, steps[state]).reduce((i, [by, move]) => go(i, by, move), begin(kind))
  if (state === 'accepted') return go(item, 'office', 'accept')
  if (state === 'not_accepted') return go(item, 'office', 'reject')
  if (state === 'lifted') return go(item, 'leader', 'lift')
  return state === 'withdrawn' ? go(item, 'office', 'withdraw') : item
}

describe('the ladder, walked whole', () => {
  it.each(ITEM_STATES)('%s: exactly the moves of the table are taken, each leads where the table says', (state) => {
    for (const move of ITEM_MOVES.filter((m) => m !== 'draft')) {
      const item = inState(state)
      // Whoever of them all may: `third` and `leader` touched nothing yet.
      const answers = (['third', 'leader', 'unit', 'office'] as const).map((by) => decide(item, ACTS[move], env(by, DAY)))
      const event = answers.find((a) => !isRefusal(a)) as ItemEvent | undefined
      expect(event !== undefined, `${state} ${move}`).toBe(LADDER[move].from.includes(state))
      if (event) expect(evolve(item, event).state).toBe(LADDER[move].to)
    }
  })

  it('says for every other role that it never may', () => {
    const item = inState('sent')
    for (const by of [
      'grid',
      'chief',
      'analyst',
      'publisher',
      'county',
      'otherCounty',
      'stranger',
      'auditor',
      'resident',
    ] as const)
      for (const { why } of whatNow(item, env(by, DAY))) expect(why?.kind, by).toBe('never')
  })

  it('is signed by the office only as a reminder; every higher step is a leader’s', () => {
    for (const kind of KINDS) {
      const item = go(begin(kind), 'second', 'review')
      expect(no(item, 'third', ACTS.sign)).toBe(kind === 'reminder' ? 'taken' : 'supervision/not-yours')
      expect(no(item, 'leader', ACTS.sign)).toBe('taken')
      expect(no(item, 'countyLeader', ACTS.sign)).toBe('supervision/outside-scope') // drafts are the city's
    }
  })

  it('is signed by neither who drafted, nor who revised, nor who reviewed it', () => {
    const item = go(go(begin(), 'second', 'revise'), 'third', 'review')
    for (const by of ['office', 'second', 'third'] as const) expect(no(item, by, ACTS.sign)).toBe('supervision/same-hand')
  })

  it('loses its review when it is changed, and its signature when it is sent back', () => {
    expect(go(inState('reviewed'), 'second', 'revise')).toMatchObject({ state: 'draft', revised: [{ account: 'second' }] })
    expect(go(inState('reviewed'), 'second', 'revise').reviewed).toBeUndefined()
    const back = go(inState('signed'), 'office', 'send_back')
    expect([back.state, back.reviewed, back.signed]).toEqual(['draft', undefined, undefined])
  })

  it('asks for an answer only where the step has a term', () => {
    expect(no(inState('sent', 'circular'), 'unit', ACTS.answer)).toBe('supervision/no-answer-asked')
    expect(no(inState('sent', 'referral'), 'unit', ACTS.answer)).toBe('supervision/no-answer-asked')
  })

  it('refuses what says nothing, two of one case, and a second draft of one item', () => {
    expect(no(begin(), 'office', { move: 'withdraw', reason: ' ' })).toBe('supervision/fields-missing')
    expect(no(inState('sent'), 'unit', { move: 'answer', text: '', files: [] })).toBe('supervision/fields-missing')
    const twice = decide(undefined, draft({ cases: [ref('c1'), ref('c1')] }), env('office', DAY))
    expect(twice).toMatchObject({ refused: true, code: 'supervision/cases' })
    expect(decide(begin(), draft(), env('office', DAY))).toMatchObject({ code: 'supervision/exists' })
    expect(decide(undefined, draft(), env('unit', DAY))).toMatchObject({ code: 'supervision/not-yours' })
  })

  it('has a sentence in both languages for every refusal', () => {
    for (const code of ['not-yours', 'same-hand', 'not-in-this-state', 'calendar-year', 'no-rule']) {
      const { zh, en } = refusalText({ code: `supervision/${code}`, params: { roles: 'office, addressee', apart: 'reviewer' } })
      expect([zh, en].join()).not.toContain('supervision/')
    }
  })
})

describe('the term of an answer', () => {
  // The Spring Festival of 2026: 15 to 23 February off, the 14th and the 28th worked.
  it.each([
    ['reminder', '2026-03-02', '2026-03-09'],
    ['reminder', '2026-02-12', '2026-02-26'],
    ['supervision', '2026-03-02', '2026-03-16'],
    ['reminder', '2026-02-14', '2026-02-28'],
  ] as const)('of a %s sent on %s ends on %s', (kind, sent, due) => {
    const signed = go(go(begin(kind), 'second', 'review'), 'leader', 'sign')
    expect(go(signed, 'office', 'send', sent).due).toBe(due)
  })

  it('is refused, not guessed, where nobody has published the year', () => {
    const signed = go(go(begin(), 'second', 'review'), 'leader', 'sign')
    expect(no(signed, 'office', ACTS.send, '2026-12-30')).toBe('supervision/calendar-year')
  })

  it('is met by the first answer, and stays met', () => {
    const answered = go(inState('sent'), 'unit', 'answer', '2026-03-05')
    expect(answered.clock?.stopped).toBe('2026-03-05')
    const again = go(go(answered, 'office', 'reject'), 'unit', 'answer', '2026-03-20')
    expect(again.clock?.stopped).toBe('2026-03-05')
    expect(again.answers.map((a) => a.decided?.accepted)).toEqual([false, undefined])
  })

  it('takes its number with the year, the mark and the first character of the city', () => {
    const signed = go(go(begin('supervision'), 'second', 'review'), 'leader', 'sign')
    const sent = evolve(signed, taken(decide(signed, ACTS.send, env('office', DAY, { seq: 7 }))))
    expect([sent.no, sent.number]).toEqual(['汉环督函〔2026〕7号', { year: 2026, seq: 7 }])
  })
})

const WHO: Who[] = ['office', 'second', 'third', 'leader', 'unit', 'county', 'inspector', 'system']
const walks = fc.record({
  kind: fc.constantFrom(...KINDS),
  by: fc.constantFrom<Who>('office', 'second', 'system'),
  steps: fc.array(fc.tuple(fc.constantFrom(...WHO), fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[]))), {
    maxLength: 30,
  }),
})

describe('whatever is tried', () => {
  it('nothing is sent without two people, nothing that was sent comes back, and the fold is the state', () => {
    fc.assert(
      fc.property(walks, ({ kind, by, steps }) => {
        const first = taken(decide(undefined, draft({ kind }), env(by, DAY)))
        const events = [first]
        let item = evolve(undefined, first)
        for (const [someone, move] of steps) {
          const answer = decide(item, ACTS[move], env(someone, DAY))
          if (isRefusal(answer)) continue
          const left = hasLeftOffice(item.state)
          item = evolve(item, answer)
          events.push(answer)
          if (left) expect(hasLeftOffice(item.state)).toBe(true)
        }
        if (item.sent) {
          const hands = [item.drafted.by, ...item.revised, item.reviewed!.by].map((h) => h.account)
          expect(hands).not.toContain(item.signed!.by.account)
          expect(new Set([...hands, item.signed!.by.account].filter((a) => a !== 'system')).size).toBeGreaterThanOrEqual(2)
        }
        expect(fold(events)).toEqual(item)
        expect(item.version).toBe(events.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('what a query sees is what the policy wall sees', () => {
    const roles = Object.keys(who) as (keyof typeof who)[]
    const items = fc.record({
      region: fc.constantFrom('610702', '610722', '610700'),
      org: fc.constantFrom('unit', 'lead', 'county', 'leaders', 'inspection'),
      secrecy: fc.constantFrom(0, 1, 2, 3),
      state: fc.constantFrom(...ITEM_STATES),
      clearance: fc.constantFrom(0, 1, 2, 3),
    })
    fc.assert(
      fc.property(fc.constantFrom(...roles), items, (role, { clearance, ...item }) => {
        const actor = { ...who[role], clearance }
        const sight = itemSightOf(actor)
        const sent = hasLeftOffice(item.state)
        const byArea = sight.areas.some(
          (a) => item.secrecy <= a.most && (a.regions === '*' || a.regions.includes(item.region)) && (a.unsent || sent),
        )
        const byOrg = sent && item.secrecy <= sight.clearance && sight.orgs.includes(item.org)
        expect(byArea || byOrg).toBe(canSeeItem(actor, { tenant: 610700, ...item }))
      }),
      { numRuns: 2000 },
    )
  })
})
