import { describe, expect, it } from 'vitest'
import { nextRows, ROWS, TARGET_MS } from './pace.ts'

describe('the rows of the next transaction', () => {
  it.each([
    ['as long as it should: as many', 200, TARGET_MS, 200],
    ['half too long: fewer in proportion', 200, 1.5 * TARGET_MS, 133],
    ['far too long: half', 200, 60_000, 100],
    ['in no time: twice as many', 200, 0, 400],
    ['never more than the most', 400, 1, ROWS.most],
    ['never fewer than the least', 30, 60_000, ROWS.least],
  ])('%s', (_, rows, ms, next) => expect(nextRows(rows, ms)).toBe(next))

  it('settle where a transaction lasts as long as it should', () => {
    const perRow = 0.8
    let rows: number = ROWS.first
    for (let turn = 0; turn < 10; turn++) rows = nextRows(rows, rows * perRow)
    expect(rows * perRow).toBeCloseTo(TARGET_MS, 0)
  })
})
