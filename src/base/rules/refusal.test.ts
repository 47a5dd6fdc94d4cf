import { expect, test } from 'vitest'
import { isRefusal, refuse } from './refusal.ts'
import { isUnverified } from './source.ts'

test('a refusal says its code, its kind and the values of its text', () => {
  const no = refuse('not-now', 'cases/not-now', { state: 'filed' })
  expect(no).toEqual({ refused: true, kind: 'not-now', code: 'cases/not-now', params: { state: 'filed' } })
  expect(isRefusal(no)).toBe(true)
  expect(refuse('never', 'cases/not-yours').params).toEqual({})
})

test.each([undefined, null, 'refused', 0, {}, { refused: false }, []])('%j is no refusal', (value) => {
  expect(isRefusal(value)).toBe(false)
})

test('a fact is unverified until it was read in the instrument or somebody confirmed it', () => {
  expect(isUnverified({ source: '行政处罚法 60', confidence: 'V' })).toBe(false)
  expect(isUnverified({ source: 'news page', confidence: 'M' })).toBe(true)
  expect(isUnverified({ source: 'own design', confidence: 'D', confirmedBy: '' })).toBe(true)
  expect(isUnverified({ source: 'own design', confidence: 'D', confirmedBy: '王某' })).toBe(false)
})
