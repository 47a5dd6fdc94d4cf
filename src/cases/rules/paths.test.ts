import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ClockRule, parseClockRule } from '../../base/rules/clock.ts'
import { toDay } from '../../base/rules/day.ts'
import { checkRows, type RuleRow, ruleAt, rulesAt } from '../../base/rules/law.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { acts, begin, LAW, lawWith, momentOf, people, reportOf } from '../testing/story.ts'
import { stepsOf, walkTo } from '../testing/walks.ts'
import type { Case } from './case.ts'
import { CATEGORIES, LINE, LOOPS, PATHS, type Path, SOURCE_PATHS, SOURCE_TYPES, type State } from './codes.ts'
import { fold } from './evolve.ts'
import { decide, whatNow } from './lifecycle.ts'
import type { CitedClock, PathRule } from './path-rule.ts'
import { nextState, wayOf } from './paths.ts'

const TODAY = toDay('2026-03-02')
const rowOf = (path: Path) => ruleAt<PathRule>(LAW.rules, 'path', path, TODAY)
const ruleOf = (path: Path) => rowOf(path).value

describe('the five paths, written down a second time', () => {
  const PASSES: Record<Path, { without: State[]; city: PathRule['city']; window: PathRule['window'] }> = {
    inspection: { without: [], city: 'always', window: 'notice' },
    petition: {
      without: ['plan_submitted', 'county_accepted', 'publicising', 'objected', 'filed'],
      city: 'always',
      window: 'none',
    },
    complaint: { without: ['signed', 'plan_submitted', 'publicising', 'filed'], city: 'attested', window: 'dispute' },
    patrol: { without: ['signed', 'plan_submitted', 'publicising', 'objected', 'filed'], city: 'core_key', window: 'none' },
    lead: { without: ['signed', 'plan_submitted', 'publicising', 'objected', 'filed'], city: 'core_key', window: 'none' },
  }

  it.each(PATHS)('%s passes its states, in the order of the line', (path) => {
    const { without, city, window } = PASSES[path]
    const rule = ruleOf(path)
    const all = [...LINE, ...LOOPS].filter((state) => !without.includes(state))
    expect([...rule.states].sort()).toEqual([...all].sort())
    const line = rule.states.filter((state) => (LINE as readonly State[]).includes(state))
    expect(line).toEqual(LINE.filter((state) => line.includes(state)))
    expect({ city: rule.city, window: rule.window }).toEqual({ city, window })
  })

  it('has the deadlines that the statutes set', () => {
    expect(ruleOf('complaint').stages.reported).toMatchObject({ unit: 'natural', length: 15, confidence: 'V' })
    expect(ruleOf('complaint').caseClock).toMatchObject({
      from: 'triage',
      rule: { unit: 'natural', length: 60, confidence: 'V' },
    })
    expect(ruleOf('complaint').extension).toMatchObject({ maxDays: 30, times: 1, confidence: 'V' })
    expect(ruleOf('inspection').windowClock).toMatchObject({
      unit: 'working',
      length: 10,
      countFrom: 'same_day',
      confidence: 'V',
    })
    expect(ruleOf('inspection').extension).toMatchObject({ applyMonthsBefore: 1, maxMonths: 6, times: 1, approver: 'leader' })
    for (const path of PATHS) expect(ruleOf(path).returnClock).toMatchObject({ unit: 'working', length: 5 })
  })

  it.each(PATHS)('%s is walked from report to clear-off', (path) => {
    const story = begin(path)
    for (const step of stepsOf(path)) {
      step.do(story)
      expect(story.c.state).toBe(step.to)
      expect(story.c.version).toBe(story.events.length)
    }
    expect(story.c).toMatchObject({ state: 'closed', outcome: 'rectified' })
    expect(JSON.parse(JSON.stringify(fold(story.events)))).toEqual(story.c)
  })

  it('adds the city where a patrol stands in a core or key zone', () => {
    const story = walkTo('patrol', 'self_checked')
    const inZone: Case = { ...story.c, place: { ...story.c.place, qinling: 'key' } }
    const way = (c: Case) => wayOf(c, { law: LAW, today: TODAY })
    expect(nextState(way(inZone), 'county_accepted')).toBe('city_accepted')
    expect(nextState(way({ ...inZone, place: { ...inZone.place, qinling: 'general' } }), 'county_accepted')).toBe('closed')
  })

  it('gives every source a path', () => {
    expect(SOURCE_TYPES).toHaveLength(19)
    expect(new Set(Object.values(SOURCE_PATHS))).toEqual(new Set(PATHS))
  })
})

describe('data/rules/cases.json', () => {
  const clocks = (rule: PathRule): CitedClock[] =>
    [rule.windowClock, rule.returnClock, rule.caseClock.rule, rule.rework, ...Object.values(rule.stages)].filter(
      (clock) => clock !== undefined,
    )

  it('is sound: no overlap, every row cited, every clock a rule with its own citation', () => {
    expect(checkRows(LAW.rules)).toEqual([])
    for (const row of LAW.rules)
      expect([row.key, row.source !== '', ['V', 'M', 'S', 'O', 'D'].includes(row.confidence)]).toEqual([row.key, true, true])
    for (const path of PATHS)
      for (const clock of clocks(ruleOf(path))) {
        expect(isRefusal(parseClockRule(clock)), clock.id).toBe(false)
        expect([clock.id, typeof clock.source, clock.confidence.length]).toEqual([clock.id, 'string', 1])
      }
  })

  it('has a stage clock for every state in which somebody must act, and none elsewhere', () => {
    for (const path of PATHS) {
      const { states, stages, window } = ruleOf(path)
      const waiting = states.filter((state) => !['rectifying', 'publicising', 'closed'].includes(state))
      const windowed: State[] = window === 'dispute' ? ['county_accepted', 'city_accepted'] : []
      expect(Object.keys(stages).sort(), path).toEqual(waiting.filter((state) => !windowed.includes(state)).sort())
    }
  })

  it('names the lead departments of every category', () => {
    const found = rulesAt(LAW.rules, 'category', TODAY).map((row: RuleRow) => row.key)
    expect(found.sort()).toEqual([...CATEGORIES].sort())
  })
})

describe('a case is judged by the rules it froze at dispatch', () => {
  it('keeps its clocks when the path changes later, while a new case gets the new ones', () => {
    const story = walkTo('inspection', 'assigned')
    const changed = lawWith('path', 'inspection', { returnLimit: 0 })
    const rows = changed.rules.map((row) =>
      row.kind === 'path' && row.key === 'inspection' ? { ...row, validFrom: toDay('2026-03-03') } : row,
    )
    const old = LAW.rules.map((row) =>
      row.kind === 'path' && row.key === 'inspection' ? { ...row, validTo: toDay('2026-03-02') } : row,
    )
    const law = { ...LAW, rules: [...old, ...rows.filter((row) => row.kind === 'path' && row.key === 'inspection')] }
    const at = { law, today: toDay('2026-03-04') }
    expect(wayOf(story.c, at).rule.returnLimit).toBe(2)
    expect(wayOf({ ...story.c, rules: [] }, at).rule.returnLimit).toBe(0)
    expect(story.c.rules).toContain('path/inspection@2022-05-01')
    expect(story.c.rules).toHaveLength(4)
  })

  it('says so when the frozen version is gone', () => {
    const story = walkTo('inspection', 'assigned')
    const c = { ...story.c, rules: ['path/inspection@1999-01-01'] }
    expect(() => wayOf(c, { law: LAW, today: TODAY })).toThrow(/1999-01-01/)
  })

  it('refuses where the working days of a year are not published', () => {
    const story = walkTo('inspection', 'city_accepted')
    story.day = toDay('2026-12-28')
    expect(story.no('office', acts.publicise)).toMatchObject({
      code: 'cases/calendar-year',
      params: { year: 2027 },
      kind: 'not-now',
    })
  })

  it('tells so in what may be done now, too', () => {
    const story = walkTo('inspection', 'assigned')
    const c = { ...story.c, assigned: { ...story.c.assigned!, on: toDay('2026-12-29') } }
    const options = whatNow(c, people.unit, { law: LAW, today: toDay('2026-12-30'), at: momentOf('2026-12-30') })
    expect(options.find(({ move }) => move === 'return')?.why).toMatchObject({ code: 'cases/calendar-year' })
    expect(options.find(({ move }) => move === 'sign')?.allowed).toBe(true)
  })

  it('refuses where no rule holds on the day', () => {
    const env = { by: people.office, at: momentOf('2020-01-02'), today: toDay('2020-01-02'), law: LAW, id: 'case-1', no: 'HZ-1' }
    expect(decide(undefined, reportOf('patrol'), env)).toMatchObject({ code: 'cases/no-rule', kind: 'not-now' })
  })
})

describe('README.md', () => {
  it('holds the table of paths as data/rules/cases.json has it', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    for (const path of PATHS) expect(readme).toContain(tableRow(path))
    expect(readme.split('\n').length).toBeLessThanOrEqual(81)
  })
})

const CITY: Record<PathRule['city'], string> = {
  always: 'always',
  core_key: 'core, key zone; vouched photo',
  attested: 'vouched photo',
}

function tableRow(path: Path): string {
  const rule = ruleOf(path)
  const { extension, recheck } = rule
  const early = extension?.applyMonthsBefore ? `${extension.applyMonthsBefore} mo` : `${extension?.applyDaysBefore ?? 0} d`
  const more = extension?.maxMonths ? `${extension.maxMonths} mo` : `${extension?.maxDays ?? 0} d`
  const cells = [
    `\`${path}\``,
    rule.states.map((state) => ((LOOPS as readonly State[]).includes(state) ? `(${state})` : state)).join(' '),
    CITY[rule.city],
    rule.windowClock ? `${rule.window} ${length(rule.windowClock)}` : 'none',
    `${rule.caseClock.from}, ${length(rule.caseClock.rule)} → ${rule.caseClock.stops}`,
    `+${more}, ${early} before, ×${extension?.times}`,
    `≤ ${rule.returnLimit} in ${length(rule.returnClock)}`,
    rule.verification
      ? `${rule.verification.photos} photos on site first`
      : rule.reportEveryDays
        ? `report every ${rule.reportEveryDays} d`
        : '',
    `${recheck.share * 100} % after ${recheck.months} mo`,
  ]
  return `| ${cells.join(' | ')} |`
}

function length({ length: days, unit }: ClockRule): string {
  return `${days} ${unit === 'working' ? 'wd' : 'd'}`
}

describe('a problem of the city itself', () => {
  it('lies in no county, so the acceptance unit of the city is the first to look', () => {
    const story = begin('inspection', { report: { place: { region: '610700' } } })
    const way = wayOf(story.c, { law: LAW, today: toDay('2026-03-02') })
    expect(way.line).not.toContain('county_accepted')
    expect(nextState(way, 'self_checked')).toBe('city_accepted')
  })

  it('goes on from a county’s acceptance that it once passed', () => {
    const { c } = begin('inspection', { report: { place: { region: '610700' } } })
    const way = wayOf({ ...c, state: 'county_accepted' }, { law: LAW, today: toDay('2026-03-02') })
    expect(nextState(way, 'self_checked')).toBe('county_accepted')
    expect(nextState(way, 'county_accepted')).toBe('city_accepted')
  })
})
