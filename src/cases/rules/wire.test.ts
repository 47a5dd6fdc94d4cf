import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { acts, begin, beginImported, LAW, people } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import { canSee } from './access.ts'
import { clockBriefs } from './deadlines.ts'
import {
  detail,
  eventItem,
  isPublic,
  type Listed,
  listItem,
  overallFinding,
  publicNotice,
  publicPetition,
  UNLISTED,
  WIRE,
} from './wire.ts'

describe('what leaves', () => {
  it('every field of a case is on exactly one list', () => {
    const rich = walkTo('inspection', 'closed')
    const all = new Set([...Object.keys(rich.c), ...Object.keys(begin('complaint', { report: { reporter: 'seal-1' } }).c)])
    const lists = [...WIRE.list, ...WIRE.working, ...WIRE.never]
    expect([...all].filter((field) => !(lists as string[]).includes(field))).toEqual([])
    expect(new Set(lists).size).toBe(lists.length)
  })

  it('the reporter and the objectors never leave, not even as a reference', () => {
    const story = begin('complaint', { report: { reporter: 'seal-77' } })
    const objected = walkTo('inspection', 'publicising')
    objected.go('resident', acts.object)
    for (const who of [people.office, people.chief]) {
      expect(JSON.stringify([detail(story.c, who), listItem(story.c, who)])).not.toContain('seal-77')
      expect(JSON.stringify(detail(objected.c, who))).not.toContain('seal-1')
    }
    expect(JSON.stringify([...story.events, ...objected.events].map((e) => eventItem(e, people.office)))).not.toMatch(/seal-/)
  })

  it('those who only look on get neither the handling nor the flags', () => {
    const story = walkTo('inspection', 'rectifying')
    story.go('office', { move: 'flag', kind: 'criticised', reason: '通报', source: '报道' })
    story.go('office', acts.red)
    const full = detail(story.c, people.office)
    expect([full.flags.length, full.pending?.kind]).toEqual([1, 'colour'])
    expect(detail(story.c, people.chief)).toMatchObject({ flags: [], originalText: full.originalText })
    expect(detail(story.c, people.chief)).not.toHaveProperty('pending')
  })

  it('a list carries no original text, no evidence, no contact', () => {
    const shown = listItem(walkTo('inspection', 'closed').c, people.office)
    for (const field of ['originalText', 'evidence', 'contact', 'progress', 'tenant']) expect(shown).not.toHaveProperty(field)
    expect(shown).toMatchObject({ no: 'HZ-2026-000001', state: 'closed', outcome: 'rectified', incomplete: [] })
  })
})

describe('what a list does not read', () => {
  it('is nothing that a row shows, that the wall looks at, or that its clocks need', () => {
    for (const state of ['reported', 'rectifying', 'publicising', 'closed'] as const) {
      const { c } = walkTo('inspection', state)
      const read = Object.fromEntries(Object.entries(c).filter(([field]) => !(UNLISTED as string[]).includes(field))) as Listed
      for (const who of [people.office, people.chief]) {
        expect(listItem(read, who)).toEqual(listItem(c, who))
        expect(canSee(who, read)).toBe(canSee(who, c))
      }
      expect(clockBriefs(read, c.reportedOn, LAW)).toEqual(clockBriefs(c, c.reportedOn, LAW))
      expect(read).not.toHaveProperty('evidence')
    }
  })
})

describe('the public notice', () => {
  it('holds the official columns, names units and no person', () => {
    const story = walkTo('inspection', 'publicising')
    const notice = publicNotice(story.c)
    expect(notice).toEqual({
      id: 'case-1',
      no: 'HZ-2026-000001',
      problem: '褒河右岸弃渣露天堆放。',
      goal: '清除弃渣',
      measures: '清运弃渣',
      term: '2026年6月底前',
      progress: '已完成',
      acceptedOn: '2026-03-20',
      implementer: '汉台区住建局',
      acceptanceUnit: '市住建局',
      units: ['汉台区住建局'],
      state: 'publicising',
      from: '2026-03-20',
      lastDay: '2026-04-02',
      channel: '市生态环境局网站',
      phone: '0916-2253396',
      sample: false,
    })
  })

  it('does not exist before the publication, above secrecy 0, or for the dispute window of a complaint', () => {
    const before = walkTo('inspection', 'city_accepted').c
    expect(isPublic(before)).toBe(false)
    expect(() => publicNotice(before)).toThrow(/not public/)
    const story = walkTo('inspection', 'publicising')
    expect(() => publicNotice({ ...story.c, secrecy: 1 })).toThrow(/not public/)
    expect(isPublic({ ...walkTo('complaint', 'county_accepted').c, secrecy: 0 })).toBe(false)
  })

  it('numbers several measures, and takes the text of an old sheet', () => {
    const measures = ['1.一', '2、二'].map((text, i) => ({ id: `m${i}`, text, milestones: [] }))
    const plan = {
      implementer: '',
      implementerName: '',
      goal: '目标',
      term: { words: '长期', kind: 'long_term' as const },
      measures,
      acceptanceUnit: '',
      acceptanceUnitName: '',
    }
    const story = beginImported({
      ...{
        key: 'k',
        source: 'provincial_inspection',
        originalText: '原文',
        title: '题',
        place: { region: '610702' },
        state: 'publicising',
      },
      ...{
        reportedOn: toDay('2024-08-01'),
        plan,
        notice: { kind: 'notice', from: toDay('2025-12-12'), lastDay: toDay('2025-12-25') },
      },
      progress: [{ on: toDay('2025-11-01'), text: '已印发文件' }],
      checks: { city: { on: toDay('2025-12-01'), conclusion: '合格' } },
    })
    expect(publicNotice(story.c)).toMatchObject({
      measures: '1.一\n2.二',
      progress: '已印发文件',
      acceptedOn: '2025-12-01',
      term: '长期',
    })
  })
})

describe('the daily table of petitions', () => {
  it('has a row from dispatch on, with a finding for the whole letter once every claim has one', () => {
    expect(publicPetition(walkTo('petition', 'triaged').c)).toBeUndefined()
    expect(publicPetition(walkTo('petition', 'assigned').c)).toMatchObject({ status: 'in_progress', units: ['汉台区住建局'] })
    expect(publicPetition(walkTo('petition', 'closed').c)).toMatchObject({ status: 'done', finding: 'founded' })
    expect(publicPetition({ ...walkTo('petition', 'closed').c, secrecy: 1 })).toBeUndefined()
    expect(publicPetition(walkTo('patrol', 'closed').c)).toBeUndefined()
  })

  it('a letter whose claims differ is partly founded', () => {
    const claim = (finding?: 'founded' | 'unfounded') => ({ id: 'c', text: '', pollution: [], ...(finding ? { finding } : {}) })
    expect(overallFinding({ claims: [claim('founded'), claim('unfounded')] })).toBe('partly_founded')
    expect(overallFinding({ claims: [claim('unfounded'), claim('unfounded')] })).toBe('unfounded')
    expect(overallFinding({ claims: [claim('founded'), claim()] })).toBeUndefined()
    expect(overallFinding({ claims: [] })).toBeUndefined()
  })
})
