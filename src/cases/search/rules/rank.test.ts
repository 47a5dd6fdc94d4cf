import { describe, expect, it } from 'vitest'
import { isNamed, pieceOf, rankOf } from './rank.ts'

const CASE = { no: 'HZ-2026-000123', originalNo: '陕督〔2025〕17号', title: '褒河右岸弃渣堆放' }

describe('the rank of what is found', () => {
  it.each([
    ['HZ-2026-000123', 'number'],
    ['hz2026000123', 'number'],
    ['陕督2025 17号', 'number'],
    ['弃渣', 'title'],
    ['褒河 弃渣', 'title'],
    ['褒河 露天', 'text'],
    ['HZ-2026', 'text'],
  ])('%s by its %s', (query, rank) => {
    expect(rankOf(query, CASE)).toBe(rank)
  })
})

describe('the piece that is shown', () => {
  const field = '群众反映：褒河右岸，弃渣露天堆放，ＰＭ2.5 超标，已持续三个多月，影响沿线居民生活。'

  it('is cut out as it is written, with what stands around it', () => {
    expect(pieceOf('弃渣露天', ['无关', field])).toEqual({
      before: '群众反映：褒河右岸，',
      match: '弃渣露天',
      after: '堆放，ＰＭ2.5 超标，已持续三个多…',
    })
    expect(pieceOf('pm25', [field])?.match).toBe('ＰＭ2.5')
    expect(pieceOf('右岸弃渣', [field])?.match).toBe('右岸，弃渣')
    expect(pieceOf('生活', [field])).toMatchObject({ before: expect.stringMatching(/^…/), after: '。' })
  })

  it('is nothing where no field has a word', () => {
    expect(pieceOf('勉县', [field])).toBeUndefined()
    expect(pieceOf('，', [field])).toBeUndefined()
  })
})

it('a name has every word of a query or is not meant', () => {
  expect(isNamed('汉台', '汉台区')).toBe(true)
  expect(isNamed('水利 汉中', '汉中市水利局')).toBe(true)
  expect(isNamed('水利 勉县', '汉中市水利局')).toBe(false)
  expect(isNamed('。', '汉台区')).toBe(false)
})
