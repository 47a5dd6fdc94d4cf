import { createCipheriv, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SUITES } from './crypto/algorithms.ts'
import { openSealer } from './seal.ts'

const SECRET = 's'.repeat(40)
const NAME = { name: '李明', contact: '13800000000' }

describe.each(SUITES)('a box of the suite %s', (suite) => {
  const sealer = openSealer(SECRET, suite)

  it('gives back what went in, whatever it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (content) => {
        expect(JSON.stringify(sealer.open(sealer.seal(content)))).toBe(JSON.stringify(content))
      }),
    )
  })

  it('shows nothing of it, and never looks the same twice', () => {
    const [a, b] = [sealer.seal(NAME), sealer.seal(NAME)]
    expect(a.equals(b)).toBe(false)
    for (const box of [a, b]) expect(box.includes('李明') || box.includes('138')).toBe(false)
  })

  it('does not open with any bit changed, any end cut, or under another secret', () => {
    const box = sealer.seal(NAME)
    for (let bit = 0; bit < box.length * 8; bit++) {
      const changed = Buffer.from(box)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => sealer.open(changed), `bit ${bit}`).toThrow(/sealed box/)
    }
    for (let length = 0; length < box.length; length++) expect(() => sealer.open(box.subarray(0, length))).toThrow(/sealed box/)
    expect(() => openSealer('t'.repeat(40), suite).open(box)).toThrow(/another SECRET/)
  })

  it('opens after the setting changed', () => {
    const later = openSealer(SECRET, suite === 'guomi' ? 'international' : 'guomi')
    expect(later.open(sealer.seal(NAME))).toEqual(NAME)
    expect(later.seal(NAME)[0]).not.toBe(sealer.seal(NAME)[0])
  })
})

it('opens a box of 0.1.0 once the migration has put its byte before it', () => {
  const key = Buffer.from(hkdfSync('sha256', SECRET, '', 'qinba sealed identity v1', 32))
  const nonce = Buffer.alloc(12, 7)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(NAME), 'utf8'), cipher.final()])
  const old = Buffer.concat([nonce, cipher.getAuthTag(), body])
  expect(openSealer(SECRET, 'guomi').open(Buffer.concat([Buffer.of(1), old]))).toEqual(NAME)
})
