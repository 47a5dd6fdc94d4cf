import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toDay } from '../../../base/rules/day.ts'
import { FilterQuery } from '../../filter-schema.ts'
import { LAW, lawWith } from '../../testing/story.ts'
import { STANDING } from '../standing-schema.ts'
import { boardDays, CITED, filterOf, NUMBER_LABELS, NUMBERS, wordsOf } from './numbers.ts'

const days = boardDays(toDay('2026-03-10'), LAW)

describe('the days of the board', () => {
  it('take what is soon from the colour rule of the day, and cite it', () => {
    expect(days).toMatchObject({ month: '2026-03', soonDays: 30, soonUntil: '2026-04-09' })
    expect(days.clause.version).toBe('colour/default@2022-05-01')
    const shorter = boardDays(toDay('2026-03-10'), lawWith('colour', 'default', { yellowDaysToDue: 7 }))
    expect(shorter.soonUntil).toBe('2026-03-17')
  })

  it('cannot be had for a day without a rule', () => {
    expect(() => boardDays(toDay('2020-01-01'), LAW)).toThrow('no rule colour/default')
  })
})

describe('every number', () => {
  const List = z.strictObject({ ...FilterQuery.shape, ...STANDING })

  it.each(NUMBERS)('%s has a name and says what it counts in both languages', (code) => {
    const words = wordsOf(code, { ...days, colouredOn: '2026-03-09' })
    for (const language of ['zh', 'en'] as const) {
      expect(NUMBER_LABELS[code][language]).not.toBe('')
      expect(words[language]).toMatch(/[。.]$/)
    }
    expect(words.zh).not.toBe(words.en)
  })

  it.each(NUMBERS)('%s is a filter that the list takes', (code) => {
    expect(List.safeParse(filterOf(code, days)).success).toBe(true)
  })

  it('is a filter of its own, and those that rest on the colour rule cite it', () => {
    const filters = NUMBERS.map((code) => JSON.stringify(filterOf(code, days)))
    expect(new Set(filters).size).toBe(NUMBERS.length)
    expect(filterOf('cleared_month', days)).toEqual({ cleared: '2026-03' })
    expect(CITED).toEqual(['red', 'yellow', 'green', 'overdue', 'soon'])
  })

  it('names the day it was computed for', () => {
    expect(wordsOf('red', { ...days, colouredOn: '2026-03-09' }).zh).toContain('2026-03-09')
    expect(wordsOf('overdue', { ...days, colouredOn: '2026-03-09' }).zh).toContain('2026-03-10')
  })
})
