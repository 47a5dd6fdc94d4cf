import { describe, expect, it } from 'vitest'
import { randomOf, ratioOf, type ScanInput, scan } from './scan.ts'

/** Places on a line: the neighbours within one and two steps. */
function line(counts: number[][], more: Partial<ScanInput> = {}): ScanInput {
  const [places, months] = [counts.length, counts[0]!.length]
  const at = (i: number) => (i >= 0 && i < places ? [i] : [])
  const rings = counts.map((_, i) => [[i], [...at(i - 1), ...at(i + 1)], [...at(i - 2), ...at(i + 2)]])
  const settings = { longest: months - 1, alive: false, share: 0.5, runs: 199, seed: 1 }
  return { counts: counts.flat(), places, months, rings, ...settings, ...more }
}

/** Cases dealt evenly over places and months, with `extra` more in some places and months. */
function world(
  seed: number,
  extra: { places: number[]; months: number[]; n: number } = { places: [], months: [], n: 0 },
): number[][] {
  const random = randomOf(seed)
  const counts = Array.from({ length: 20 }, () => new Array<number>(12).fill(0))
  for (let i = 0; i < 300; i++) counts[Math.floor(random() * 20)]![Math.floor(random() * 12)]!++
  for (const place of extra.places) for (const month of extra.months) counts[place]![month]! += extra.n
  return counts
}

describe('the likelihood ratio', () => {
  it('is the one of the formula', () => {
    // Ten cases in each of two places and months, seven of place A in the first: 5 due, 7 ln(7/5) + 13 ln(13/15).
    expect(ratioOf(7, 5, 20)).toBeCloseTo(7 * 0.3364722 + 13 * -0.1431008, 6)
    expect([ratioOf(5, 5, 20), ratioOf(3, 5, 20), ratioOf(0, 0, 20)]).toEqual([0, 0, 0])
    expect(ratioOf(20, 5, 20)).toBeCloseTo(20 * Math.log(4), 9)
  })
})

describe('the scan of a tiny matrix', () => {
  const tiny = line(
    [
      [7, 3],
      [3, 7],
    ],
    { rings: [[[0]], [[1]]], runs: 4999, seed: 7 },
  )

  it('names both corners, five due and seven come, apart from each other', () => {
    const found = scan(tiny, { most: 5 })
    expect(found.map(({ centre, from, to, n, expected }) => ({ centre, from, to, n, expected }))).toEqual([
      { centre: 0, from: 0, to: 0, n: 7, expected: 5 },
      { centre: 1, from: 1, to: 1, n: 7, expected: 5 },
    ])
    expect(found[0]!.llr).toBeCloseTo(0.49498, 4)
  })

  it('gives the p that counting all deals gives', () => {
    // Of the C(20,10) = 184756 ways to deal the months, those with at least 7 or at most 3 of ten: 2 (120² + 45² + 10² + 1²) = 33052.
    expect(scan(tiny, { most: 1 })[0]!.p).toBeCloseTo(33052 / 184756, 1)
    expect(Math.abs(scan(tiny, { most: 1 })[0]!.p - 33052 / 184756)).toBeLessThan(0.02)
  })

  it('of the same seed says the same, and finds nothing where place and time have nothing to do with each other', () => {
    expect(scan(tiny, { most: 2 })).toEqual(scan(tiny, { most: 2 }))
    const even = line([
      [5, 5],
      [5, 5],
    ])
    expect(scan(even, { most: 5 })).toEqual([])
  })
})

describe('the scan of a wider world', () => {
  it('finds a cluster that was put there, where and when it is', () => {
    const found = scan(line(world(3, { places: [8, 9, 10], months: [10, 11], n: 8 })), { most: 3 })
    expect(found[0]).toMatchObject({ centre: 9, radius: 1, from: 10, to: 11, p: 1 / 200 })
    expect(found[0]!.n).toBeGreaterThan(1.5 * found[0]!.expected)
  })

  it('looks at windows that reach into the last month alone where told so', () => {
    const over = { places: [4], months: [3, 4], n: 12 }
    const past = scan(line(world(5, over)), { most: 1 })[0]!
    expect(past).toMatchObject({ centre: 4, from: 3, to: 4, p: 1 / 200 })
    for (const found of scan(line(world(5, over), { alive: true }), { most: 5 })) expect(found.to).toBe(11)
  })

  it('takes chance for chance: of worlds without a cluster about one in twenty is called one at p ≤ 0.05', () => {
    const worlds = Array.from({ length: 100 }, (_, i) => scan(line(world(1000 + i), { runs: 99, seed: 50 + i }), { most: 1 })[0])
    const called = worlds.filter((found) => found && found.p <= 0.05).length
    expect(called).toBeLessThanOrEqual(10)
    expect(worlds.filter((found) => found && found.p <= 0.5).length).toBeGreaterThan(30)
  })

  it('says how far it has come', () => {
    const told: number[] = []
    scan(line(world(1), { runs: 10 }), { most: 1, told: (done) => told.push(done) })
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
})
