import { describe, expect, it } from 'vitest'
import { nextAttempt, RETRY_SECONDS } from './retry.ts'

const NOW = new Date('2026-03-10T02:00:00Z')
const after = (attempts: number, chance = 0) => nextAttempt(attempts, NOW, chance)?.toISOString()

describe('trying again', () => {
  it('waits longer after each failure and gives up after the last', () => {
    expect(after(1)).toBe('2026-03-10T02:00:05.000Z')
    expect(after(2)).toBe('2026-03-10T02:05:00.000Z')
    expect(after(8)).toBe('2026-03-10T22:00:00.000Z')
    expect(after(9)).toBeUndefined()
    expect(RETRY_SECONDS.reduce((a, b) => a + b)).toBeGreaterThan(2 * 86_400)
  })

  it('spreads what failed together over a tenth of the wait', () => {
    expect(after(2, 0.5)).toBe('2026-03-10T02:05:15.000Z')
  })
})
