import { describe, expect, it } from 'vitest'
import { hashPassword, STANDARD_COST, TooManyHashes, verifyPassword } from './password.ts'

const CHEAP = { memory: 1024, passes: 1 }

describe('passwords', () => {
  it('are kept as argon2id with their own cost and salt', async () => {
    const [a, b] = await Promise.all([hashPassword('Correct-Horse-1', CHEAP), hashPassword('Correct-Horse-1', CHEAP)])
    expect(a).toMatch(/^\$argon2id\$v=19\$m=1024,t=1,p=1\$/)
    expect(a).not.toBe(b)
    expect(await verifyPassword('Correct-Horse-1', a)).toBe(true)
    expect(await verifyPassword('correct-horse-1', a)).toBe(false)
    expect(STANDARD_COST).toEqual({ memory: 65536, passes: 3 })
  })

  it('cost the same work where there is no account', async () => {
    const t = performance.now()
    expect(await verifyPassword('x', undefined)).toBe(false)
    expect(performance.now() - t).toBeGreaterThan(50)
  })

  it('are never checked more than 22 at a time', async () => {
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword('x', CHEAP)))
    const refused = all.filter((r) => r.status === 'rejected' && r.reason instanceof TooManyHashes)
    expect(refused).toHaveLength(18)
  })
})
