import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { accept, acts, BY_JUNE, beginImported, DUTIES, issued, LAW, momentOf, people, photo } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { ImportedStart } from './act.ts'
import { colourOf } from './colours.ts'
import { fold } from './evolve.ts'
import { FIELD_CODES } from './incomplete.ts'
import { decide } from './lifecycle.ts'
import { FIELD_LABELS } from './refusal-words.ts'

const ROW: ImportedStart = {
  key: 'closure-2025-12:1',
  source: 'provincial_inspection',
  originalText: '第四项 落实“三管三必须”责任还不到位。',
  title: '“三管三必须”责任不到位',
  place: { region: '610702' },
  reportedOn: toDay('2024-08-20'),
  state: 'rectifying',
  thing: 'institution',
  term: { words: '2025年12月底前', kind: 'by_day', day: toDay('2025-12-31') },
}
const tryImport = (change: Partial<ImportedStart>, by = people.office) => {
  const env = { by, at: momentOf('2026-03-02'), today: toDay('2026-03-02'), law: LAW, id: 'case-1', no: 'HZ-1' }
  const answer = decide(undefined, { move: 'import', start: { ...ROW, ...change } as ImportedStart }, env)
  return isRefusal(answer) ? answer.code : answer.type
}

describe('an imported row', () => {
  it('is one event with the whole state; its words stay, and the day they set is its deadline', () => {
    const { c, events } = beginImported(ROW)
    expect(events).toHaveLength(1)
    expect(c).toMatchObject({
      version: 1,
      state: 'rectifying',
      due: '2025-12-31',
      term: { words: '2025年12月底前' },
      imported: { key: ROW.key },
    })
    expect(JSON.parse(JSON.stringify(fold(events)))).toEqual(c)
    expect(c.rules).toHaveLength(4)
  })

  it('starts no clock for the past', () => {
    const { c } = beginImported({
      ...ROW,
      state: 'self_checked',
      checks: { self: { on: toDay('2025-11-30'), conclusion: '完成' } },
    })
    expect(c.clocks).toMatchObject({ stage: { started: '2026-03-02' }, case: { started: '2026-03-02', stopped: '2025-11-30' } })
    expect(colourOf(c, { today: toDay('2026-03-02'), law: LAW }).colour).toBe('green')
    expect(beginImported({ ...ROW, state: 'closed', closedOn: toDay('2025-12-26') }).c.clocks).toEqual({})
  })

  it('lists what its path needs and it lacks, and nothing for a case that came by the procedure', () => {
    expect(beginImported(ROW).c.incomplete).toEqual([
      'category',
      'responsible',
      'leader',
      'implementer',
      'goal',
      'measures',
      'plan_term',
      'acceptance_unit',
    ])
    expect(beginImported({ ...ROW, state: 'reported' }).c.incomplete).toEqual([])
    expect(beginImported({ ...ROW, thing: 'place', state: 'triaged' }).c.incomplete).toEqual(['category', 'point'])
    expect(beginImported({ ...ROW, source: 'hotline_12345', state: 'triaged' }).c.incomplete).toEqual(['category', 'pollution'])
    expect(beginImported({ ...ROW, state: 'closed', closedOn: toDay('2025-12-26') }).c.incomplete).toEqual([])
    expect(walkTo('inspection', 'filed').c.incomplete).toEqual([])
    for (const field of FIELD_CODES) expect(FIELD_LABELS, field).toHaveProperty([field])
  })

  it('is filled where it stands, then worked to the end', () => {
    const story = beginImported(ROW)
    expect(story.go('office', { ...acts.triage, thing: 'institution', qinling: 'core' })).toMatchObject({
      state: 'rectifying',
      category: 'W4',
      thing: 'institution',
    })
    story.go('office', { ...acts.assign, term: BY_JUNE })
    expect(story.c).toMatchObject({
      state: 'rectifying',
      leader: { name: '甲' },
      due: '2025-12-31',
      term: { words: '2025年12月底前' },
    })
    const { milestones: _, ...measure } = acts.plan.measures[0]!
    story.go('unit', {
      ...acts.plan,
      term: { words: '2025年12月底前', kind: 'by_day', day: toDay('2025-12-31') },
      measures: [{ ...measure, milestones: [] }],
    })
    expect(story.c).toMatchObject({ state: 'rectifying', incomplete: [], due: '2025-12-31' })
    expect(story.no('unit', acts.plan)).toMatchObject({ code: 'cases/not-in-this-state' })
    story.go('unit', { ...acts.progress, measuresDone: ['m1'] })
    story.go('unit', issued('2025-07-03'))
    story.day = toDay('2026-03-20')
    story.go('unit', acts.selfCheck)
    story.go('county', accept('county_accept', '2026-03-20'))
    story.go('inspector', accept('city_accept', '2026-03-20'))
    story.go('office', acts.publicise)
    story.day = toDay('2026-04-03')
    story.go('office', acts.file)
    expect(story.go('office', acts.close)).toMatchObject({ state: 'closed', outcome: 'rectified' })
    expect(JSON.parse(JSON.stringify(fold(story.events)))).toEqual(story.c)
  })

  it('filling never overwrites what it has', () => {
    const story = beginImported({ ...ROW, category: 'F', duties: [DUTIES[0]!] })
    story.go('office', { ...acts.assign, duties: [{ org: 'lead', orgName: '汉台区城管局', as: 'lead' }, ...DUTIES] })
    expect(story.c.duties.map((duty) => [duty.org, duty.as])).toEqual([
      ['unit', 'responsible'],
      ['lead', 'lead'],
      ['helper', 'supporting'],
    ])
    expect(story.no('office', acts.triage)).toMatchObject({ code: 'cases/not-in-this-state' })
  })

  it('is not closed while fields are missing, nor without evidence', () => {
    const notice = { kind: 'notice' as const, from: toDay('2025-12-12'), lastDay: toDay('2025-12-25') }
    const story = beginImported({ ...ROW, state: 'publicising', notice })
    story.go('office', acts.file)
    expect(story.no('office', acts.close)).toMatchObject({ code: 'cases/incomplete' })
    story.c = { ...story.c, incomplete: [], category: 'F', duties: DUTIES, leader: { name: '甲', title: '副市长' } }
    story.c = { ...story.c, plan: walkTo('inspection', 'filed').c.plan! }
    expect(story.no('office', acts.close)).toMatchObject({ code: 'cases/document-missing' })
    story.go('office', issued('2025-07-03'))
    expect(story.go('office', acts.close).state).toBe('closed')
  })

  it('a complaint accepted before the import gives its reporter the window from today', () => {
    const row: Partial<ImportedStart> = {
      source: 'hotline_12345',
      state: 'county_accepted',
      thing: 'place',
      category: 'W4',
      pollution: ['waste'],
    }
    const story = beginImported({ ...ROW, ...row, place: { region: '610702', point: { lng: 107.0312, lat: 33.0678 } } })
    expect(story.c.notice).toMatchObject({ kind: 'dispute', from: '2026-03-02', lastDay: '2026-03-09' })
    story.go('office', acts.assign)
    story.day = toDay('2026-03-10')
    story.go('county', photo('before', '2025-01-01'))
    story.go('county', photo('after', '2025-12-01'))
    expect(story.go('office', acts.close).state).toBe('closed')
  })

  it('a photo that is only vouched for sends the city to an imported case too', () => {
    const row: Partial<ImportedStart> = {
      source: 'grid_patrol',
      state: 'county_accepted',
      thing: 'place',
      category: 'W4',
      pollution: ['waste'],
      due: toDay('2025-12-31'),
    }
    const story = beginImported({
      ...ROW,
      ...row,
      place: { region: '610702', point: { lng: 107.0312, lat: 33.0678 } },
      duties: DUTIES,
      leader: { name: '甲', title: '乙' },
    })
    story.go('county', photo('before', '2025-01-01'))
    const { takenAt: _, point: __, ...item } = photo('after', '2025-12-01', { hasExif: false, attestation: '当日拍摄' }).item
    story.go('county', { move: 'add_evidence', item })
    expect(story.no('office', acts.close)).toMatchObject({ code: 'cases/not-on-this-path', params: { next: 'city_accepted' } })
  })

  it.each([
    [{ key: '' }, 'cases/fields-missing'],
    [{ source: 'rumour' as never }, 'cases/unknown-id'],
    [{ state: 'returned' as const }, 'cases/import-state'],
    [{ state: 'city_accepted' as const, source: 'grid_patrol' as const }, 'cases/import-state'],
    [{ state: 'signed' as const, source: 'hotline_12345' as const }, 'cases/import-state'],
    [{ state: 'closed' as const }, 'cases/fields-missing'],
    [{ state: 'publicising' as const }, 'cases/fields-missing'],
    [{ reportedOn: toDay('2026-03-03') }, 'cases/day-future'],
    [{ state: 'closed' as const, closedOn: toDay('2024-08-19') }, 'cases/day-past'],
    [{ place: { region: '610702', point: { lng: 107, lat: 330 } } }, 'cases/point'],
    [{ state: 'county_accepted' as const, place: { region: '610700' } }, 'cases/import-state'],
    [{ state: 'city_accepted' as const, source: 'grid_patrol' as const, place: { region: '610700' } }, 'imported'],
    [{ state: 'merged' as const }, 'imported'],
  ])('%o: %s', (change, code) => {
    expect(tryImport(change)).toBe(code)
  })

  it('is brought in by the offices only', () => {
    expect(tryImport({}, people.unit)).toBe('cases/role-never')
    expect(tryImport({}, people.otherCounty)).toBe('cases/not-your-case')
    expect(tryImport({}, people.county)).toBe('imported')
  })
})
