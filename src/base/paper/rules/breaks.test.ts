import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines, widthOf } from './breaks.ts'
import { titleLines } from './title.ts'

const one = (char: string) => (char < '\u0100' ? 0.5 : 1)
const lines = (text: string, width: number, indent = 0) =>
  breakLines(text, { width, indent, measure: one }).map((line) => line.text)

describe('lines of Chinese text', () => {
  it('a closing sign goes to no line’s start, an opening one to no line’s end', () => {
    expect(lines('一二三四五，六七', 5)).toEqual(['一二三四', '五，六七'])
    expect(lines('一二三四（六七）八', 5)).toEqual(['一二三四', '（六七）八'])
    expect(lines('一二三四五六）。七', 6)).toEqual(['一二三四五', '六）。七'])
  })

  it('words, numbers and dashes stay whole; a word longer than the line is cut', () => {
    expect(lines('编号HZ-2026-01已办', 5)).toEqual(['编号', 'HZ-2026-01', '已办'])
    expect(lines('一二三四——五', 5)).toEqual(['一二三四', '——五'])
    expect(lines('abcdefghijkl', 3)).toEqual(['abcdef', 'ghijkl'])
  })

  it('the first line is shorter by its indent', () => {
    expect(lines('一二三四五六七', 5, 2)).toEqual(['一二三', '四五六七'])
  })

  it('nothing is lost, and no line is wider than it may be', () => {
    const piece = fc.constantFrom('一', '二', '，', '。', '（', '）', '“', '”', '—', 'a', '12', '%', '、')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (pieces, width) => {
        const text = pieces.join('')
        const found = breakLines(text, { width, indent: 2, measure: one })
        expect(found.map((line) => line.text).join('')).toBe(text)
        for (const [at, line] of found.entries()) expect(widthOf(line.text, one)).toBeLessThanOrEqual(width - (at === 0 ? 2 : 0))
      }),
    )
  })
})

it('a title is broken into lines of about one length, between words', () => {
  expect(titleLines('关于2026年10月生态环境问题整治工作情况的通报', 20, one)).toEqual([
    '关于2026年10月生态环境',
    '问题整治工作情况的通报',
  ])
  expect(titleLines('短标题', 20, one)).toEqual(['短标题'])
})
