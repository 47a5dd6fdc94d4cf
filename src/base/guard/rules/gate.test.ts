import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isShut, OPEN, pass, refused, SHUT_MS, TRY_EVERY_MS } from './gate.ts'

it('lets everybody through while the store takes what it is given', () => {
  expect(pass(OPEN, 0)).toEqual({ gate: OPEN, may: true })
})

it('lets one in three seconds through after a refusal, and opens when none follows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 200 }), (waits) => {
      let [now, last, gate] = [1000, 1000, refused(1000)]
      for (const wait of waits) {
        now += wait
        const asked = pass(gate, now)
        gate = asked.gate
        const isOpen = now - 1000 >= SHUT_MS
        expect([asked.may, isShut(gate, now)]).toEqual([isOpen || now - last >= TRY_EVERY_MS, !isOpen])
        if (asked.may) last = now
      }
    }),
  )
})

it('stays shut as long as each try is refused', () => {
  let gate = refused(0)
  let tries = 0
  for (let now = 0; now < 100_000; now += 500) {
    const asked = pass(gate, now)
    gate = asked.may ? refused(now) : asked.gate
    if (asked.may) tries++
    expect(isShut(gate, now)).toBe(true)
  }
  expect(tries).toBe(33)
})
