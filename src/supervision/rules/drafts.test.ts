import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Day, toDay } from '../../base/rules/day.ts'
import { LAW, ref } from '../testing/kit.ts'
import { isOver, KINDS, type Kind, rankOf } from './codes.ts'
import { type Known, type Pressed, planDrafts } from './drafts.ts'
import type { CaseRef, Item } from './item.ts'
import { draftWords, letterData, letterOf, templateData } from './letter.ts'
import { stepRow } from './rows.ts'
import { scoreOf } from './score.ts'

const TODAY = toDay('2026-06-10')
const pressed = (id: string, more: Partial<CaseRef> = {}, o: Partial<Pressed> = {}): Pressed => ({
  ...{ ref: ref(id, more), org: 'unit', orgName: '汉台区住建局', past: [] },
  ...o,
})
const plan = (cases: Pressed[], items: Known[] = [], today: Day = TODAY) =>
  planDrafts({ cases, items, law: LAW, today, cityRegion: '610700' })
const told = (cases: Pressed[], items: Known[] = []) =>
  plan(cases, items).map((d) => `${d.kind}: ${d.cases.map((c) => c.id).join(' ')} (${d.grounds.map((g) => g.trigger).join(' ')})`)

/** A letter that was sent on a day, with the clock of its step. */
function letter(kind: Kind, cases: string[], o: { sentOn: string; state?: Known['state']; stopped?: string }): Known {
  const answer = stepRow(LAW, kind, TODAY).value.answer
  const sentOn = toDay(o.sentOn)
  const clock = answer && {
    ...{ rule: { ...answer, version: 'v' }, started: sentOn, pauses: [], extensions: [] },
    ...(o.stopped && { stopped: toDay(o.stopped) }),
  }
  const said = {
    id: `${kind}-${cases.join('-')}`,
    kind,
    state: o.state ?? 'sent',
    org: 'unit',
    cases,
    sentOn,
    no: '汉环督提〔2026〕1号',
  }
  return { ...said, ...(clock && { clock }) }
}

describe('drafts by rule', () => {
  it('a reminder for yellow, a supervision letter for red, one for each organisation', () => {
    const cases = [pressed('a'), pressed('b'), pressed('c', {}, { org: 'lead' }), pressed('d', { colour: 'red' })]
    expect(told(cases)).toEqual(['reminder: a b (yellow yellow)', 'reminder: c (yellow)', 'supervision: d (red)'])
  })

  it('say why: the rule, where it comes from, that nobody verified it, and the figures', () => {
    const why = [{ rule: 'reports_missing' as const, clause: 'x', inputs: {} }]
    expect(plan([pressed('a', { why })])[0]!.grounds).toEqual([
      {
        ...{ trigger: 'yellow', case: 'a', rule: 'supervision-trigger/yellow@2022-05-01', unverified: true },
        source: 'own design: yellow drafts a reminder',
        inputs: { no: 'HZ-a', colour: 'yellow', why: 'reports_missing' },
      },
    ])
  })

  it('two yellow months are a supervision letter, one is not, nor two with a green one between', () => {
    const months = (...colours: ('green' | 'yellow')[]) =>
      told([pressed('a', {}, { past: colours.map((colour, i) => ({ month: `2026-0${5 - i}`, colour })) })])
    expect(months('yellow', 'yellow')).toEqual(['supervision: a (yellow_months)'])
    expect(months('yellow')).toEqual(['reminder: a (yellow)'])
    expect(months('yellow', 'green', 'yellow')).toEqual(['reminder: a (yellow)'])
  })

  it('two red months since the letter are the next step; before the letter they count for nothing', () => {
    const red = pressed(
      'a',
      { colour: 'red' },
      { past: ['05', '04'].map((m) => ({ month: `2026-${m}`, colour: 'red' as const })) },
    )
    const sent = (day: string) => letter('supervision', ['a'], { sentOn: day, state: 'accepted', stopped: day })
    expect(told([red], [sent('2026-04-03')])).toEqual(['listed: a (red_months)'])
    expect(told([red], [sent('2026-05-20')])).toEqual([])
  })

  it('a letter that is not answered in time, or not enough, is followed by the next step up to an interview', () => {
    const green = pressed('a', { colour: 'green' })
    const late = (kind: Kind) => told([green], [letter(kind, ['a'], { sentOn: '2026-05-20' })])
    expect(late('reminder')).toEqual(['supervision: a (unanswered)'])
    expect(late('supervision')).toEqual(['listed: a (unanswered)'])
    expect(late('circular')).toEqual([]) // asks for none
    expect(late('interview')).toEqual([]) // a referral is a person's word
    expect(told([green], [letter('reminder', ['a'], { sentOn: '2026-06-08' })])).toEqual([]) // still in its term
    const refused = letter('reminder', ['a'], { sentOn: '2026-06-08', state: 'not_accepted', stopped: '2026-06-09' })
    expect(plan([green], [refused])).toMatchObject([
      { kind: 'supervision', follows: 'reminder-a', grounds: [{ trigger: 'not_accepted' }] },
    ])
  })

  it('none where the same or a higher step is open, and none again for 30 days', () => {
    const open = letter('listed', ['a'], { sentOn: '2026-06-08' })
    expect(told([pressed('a', { colour: 'red' })], [open])).toEqual([])
    const ended = (endedOn: string): Known => ({
      ...letter('reminder', ['a'], { sentOn: '2026-04-01', state: 'lifted' }),
      endedOn: toDay(endedOn),
    })
    expect(told([pressed('a')], [ended('2026-05-12')])).toEqual([])
    expect(told([pressed('a')], [ended('2026-05-10')])).toEqual(['reminder: a (yellow)'])
  })

  it('of several counties belong to the city, and name the leader only where there is one', () => {
    const leader = { name: '张三', title: '副区长' }
    const near = pressed('a', { leader })
    expect(plan([near])[0]).toMatchObject({ region: '610702', leader })
    const both = plan([near, pressed('b', { region: '610722' })])[0]!
    expect([both.region, both.leader]).toEqual(['610700', undefined])
  })

  it('are cut where a letter would get too long', () => {
    const many = Array.from({ length: 45 }, (_, i) => pressed(`c${i}`))
    expect(plan(many).map((d) => d.cases.length)).toEqual([20, 20, 5])
  })

  it('never make two open items of one kind for one case, however often they run', () => {
    const cases = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 0, max: 9 }), red: fc.boolean(), org: fc.constantFrom('unit', 'lead') }),
      {
        selector: (c) => c.id,
      },
    )
    const items = fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        cases: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        over: fc.boolean(),
        day: fc.integer({ min: 1, max: 9 }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(cases, items, (some, earlier) => {
        const list = some.map((c) => pressed(`c${c.id}`, { colour: c.red ? 'red' : 'yellow' }, { org: c.org }))
        const known = earlier.map(
          (e, i): Known => ({
            ...letter(
              e.kind,
              e.cases.map((n) => `c${n}`),
              { sentOn: `2026-05-0${e.day}`, state: e.over ? 'lifted' : 'sent' },
            ),
            id: `i${i}`,
            ...(e.over && { endedOn: toDay(`2026-05-1${e.day}`) }),
          }),
        )
        const drafts = plan(list, known)
        const drafted: Known[] = drafts.map((d, i) => ({
          id: `d${i}`,
          kind: d.kind,
          state: 'draft',
          org: d.org,
          cases: d.cases.map((c) => c.id),
        }))
        const open = known.filter((k) => !isOver(k.state))
        for (const d of drafted)
          for (const id of d.cases) {
            expect([...open, ...drafted].filter((k) => k.kind === d.kind && k.cases.includes(id))).toEqual([d])
            expect(open.some((k) => k.cases.includes(id) && rankOf(k.kind) >= rankOf(d.kind))).toBe(false)
          }
        expect(plan(list, [...known, ...drafted])).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('the score of a month', () => {
  const rule = { full: 100, green: 0, yellow: -1, red: -2, floor: 0 }
  it.each([
    [{ green: 3, yellow: 0, red: 0 }, 100, 100],
    [{ green: 0, yellow: 4, red: 3 }, 90, 90],
    [{ green: 0, yellow: 10, red: 60 }, 0, -30],
  ])('of %o is %i', (counts, score, raw) => {
    expect(scoreOf(counts, rule)).toMatchObject({ score, raw })
  })
})

describe('the letter', () => {
  it('is a document made of the item: addressee, cases with lateness, the day of the answer', () => {
    const cases = [ref('c1', { due: toDay('2026-03-01') }), ref('c2', { due: toDay('2026-12-31') })]
    const by = { account: 'a', name: '甲' } as never
    const on = toDay('2026-03-11')
    const item = {
      ...{ tenant: 610700, id: 'i', version: 4, kind: 'reminder', state: 'sent', origin: 'rule', region: '610702', org: 'unit' },
      ...{ orgName: '汉台区住建局', secrecy: 1, cases, grounds: [], ...draftWords('reminder', cases), revised: [], answers: [] },
      ...{ drafted: { on, at: `${on}T02:00:00.000Z`, by }, sent: { on, at: `${on}T02:00:00.000Z`, by } },
      ...{ no: '汉环督提〔2026〕1号', due: toDay('2026-03-18') },
    } as unknown as Item
    const o = { issuer: '汉中市环督办', phone: '0916-0000000', today: toDay('2026-05-01') }
    expect(letterData(item, o).cases.map((c) => c.late)).toEqual(['10 天', ''])
    expect(templateData(item, o)).toMatchObject({
      to: '汉台区住建局',
      term: '2026年3月1日',
      answerBy: '2026年3月18日',
      reason: '截至2026年3月11日，该问题已超过整改时限。',
    })
    const paper = letterOf(item, o)
    expect(paper).toMatchObject({
      format: 'letter',
      number: '汉环督提〔2026〕1号',
      to: '汉台区住建局',
      signedOn: on,
      specimen: true,
    })
    expect(JSON.stringify(paper.body)).toContain('请于 2026年3月18日 前')
    expect(paper.title).toBe('关于“弃渣 c1”等 2 个生态环境问题的提醒函')
  })
})
