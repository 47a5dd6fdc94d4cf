import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOf, gramsOf, soughtBy } from './words.ts'

// What the index and the second look say together.
function finds(fields: string[], query: string): boolean {
  const sought = soughtBy(query)
  if (!sought) return false
  const grams = new Set(gramsOf(fields))
  const body = bodyOf(fields)
  return sought.grams.every((gram) => grams.has(gram)) && sought.words.every((word) => body.includes(word))
}

const CASE = [
  'HZ-2026-000123',
  '陕督〔2025〕17号',
  '褒河右岸弃渣堆放',
  '褒河右岸弃渣露天堆放，ＰＭ2.5 与 NH3-N 超标。',
  '汉台区',
  '水利局',
]

describe('what is found', () => {
  it.each([
    ...['弃渣', '渣', '褒河右岸', '汉台', '水利局', 'HZ-2026-000123', 'hz-2026-000123', 'HZ2026000123', '000123', '0001', '123'],
    ...[
      'HZ-2026-0001',
      '2026',
      '2025',
      '陕督2025',
      '陕督〔2025〕17号',
      'PM2.5',
      'pm25',
      'ｐｍ２．５',
      'NH3',
      'nh3-n',
      '弃渣 汉台',
      '弃渣　HZ',
    ],
    ...['弃渣露天', '渣露 超标', '褒河，右岸', '弃渣堆放', '弃渣123 水利'],
  ])('%s', (query) => {
    const isApart = query === '弃渣123 水利' // one word must stand in one field as it is
    expect(finds(CASE, query)).toBe(!isApart)
  })

  it.each(['渣弃', '河岸', '弃渣 勉县', '23', '26-000123', 'Z-2026', '堆放汉台', '。', '', '  '])('not: %s', (query) => {
    expect(finds(CASE, query)).toBe(false)
  })

  it('every piece of a Han text, and every beginning of a word', () => {
    const text = fc.string({ unit: fc.constantFrom(...'汉江边垃圾堆放褒河岸𠮷'), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 8 }), (field, at, length) => {
        const characters = [...field]
        const from = at % characters.length
        expect(finds([field], characters.slice(from, from + length).join(''))).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,40}$/), fc.integer({ min: 1, max: 40 }), (run, length) => {
        expect(finds([`甲 ${run} 乙`], run.slice(0, length))).toBe(true)
      }),
    )
  })

  it('nothing that is not there, whatever the index says', () => {
    const han = fc.string({ unit: fc.constantFrom(...'汉江边垃圾'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(han, han, (field, query) => {
        expect(finds([field], query)).toBe(field.includes(query))
      }),
    )
  })
})

describe('the grams', () => {
  it('of a text are whole numbers of 32 bits, each once, rising', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const grams = gramsOf([text])
        expect(grams).toEqual([...new Set(grams)].sort((a, b) => a - b))
        expect(grams.every((gram) => (gram | 0) === gram)).toBe(true)
      }),
    )
  })

  it('of a query are few: pairs of Han, whole words', () => {
    expect(soughtBy('弃渣堆放')!.grams).toHaveLength(3)
    expect(soughtBy('HZ-2026-000123')!.grams).toHaveLength(3)
    expect(soughtBy('渣')!.grams).toHaveLength(1)
  })
})
