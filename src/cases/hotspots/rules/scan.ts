/**
 * Space–time scan by the permutation statistic (Kulldorff, Heffernan, Hartman, Assunção, Mostashari: A space–time permutation scan
 * statistic for disease outbreak detection, PLoS Medicine 2(3), 2005). It needs cases alone, no population: expected in a cylinder (places
 * within a radius × consecutive months) is what the place's own share and the months' own share would give if place and time had nothing
 * to do with each other. So it finds where and when more came than the place always has and than the months brought everywhere.
 */
export type ScanInput = {
  /** Cases by place and month: `counts[place * months + month]`. */
  counts: readonly number[]
  places: number
  months: number
  /** For each centre the places within each radius, each radius holding the ones before: `rings[centre][radius]` are what it adds. */
  rings: readonly (readonly (readonly number[])[])[]
  /** Consecutive months: longest window, and whether it must reach into the last month. */
  longest: number
  alive: boolean
  /** A cylinder holds at most this share of the cases. */
  share: number
  /** How many permutations, and the number that they begin from: the same numbers give the same answer. */
  runs: number
  seed: number
}

/** A cylinder: a centre, its radius as a step of its rings, months from and to (both included), and how unlikely its count is. */
export type Cylinder = { centre: number; radius: number; from: number; to: number; n: number; expected: number; llr: number }

/** A cylinder with its p-value: the share of random worlds whose best cylinder is at least as unlikely. */
export type Found = Cylinder & { p: number }

/** The likelihood ratio of a cylinder with `n` of `all` cases where `expected` were due; 0 where there are not more than due. */
export function ratioOf(n: number, expected: number, all: number): number {
  if (n <= expected || expected <= 0) return 0
  const inside = n * Math.log(n / expected)
  return n === all ? inside : inside + (all - n) * Math.log((all - n) / (all - expected))
}

/** The best cylinders that share no place and month, best first, each with its p-value; `told` hears how many permutations are done. */
export function scan(input: ScanInput, o: { most: number; told?: (done: number) => void }): Found[] {
  const all = bestOfEach(input, input.counts)
  const chosen = apart(all, input).slice(0, o.most)
  const worlds = maximaOf(input, o.told)
  return chosen.map((c) => ({ ...c, p: (1 + worlds.filter((llr) => llr >= c.llr - 1e-9).length) / (1 + input.runs) }))
}

// The largest ratio of each random world: months are dealt anew to the cases, places keep theirs.
function maximaOf(input: ScanInput, told: ((done: number) => void) | undefined): number[] {
  const random = randomOf(input.seed)
  const { places, months } = input
  const placeOf = new Int32Array(sum(input.counts))
  const monthOf = new Uint16Array(placeOf.length)
  let at = 0
  for (let place = 0; place < places; place++)
    for (let month = 0; month < months; month++)
      for (let n = input.counts[place * months + month]!; n > 0; n--) {
        placeOf[at] = place
        monthOf[at++] = month
      }
  const maxima: number[] = []
  const counts = new Array<number>(places * months)
  for (let run = 1; run <= input.runs; run++) {
    shuffle(monthOf, random)
    counts.fill(0)
    for (let i = 0; i < placeOf.length; i++) counts[placeOf[i]! * months + monthOf[i]!]!++
    maxima.push(sweep(input, counts))
    told?.(run)
  }
  return maxima
}

// Every cylinder of every centre: the best of each, for the report.
function bestOfEach(input: ScanInput, counts: readonly number[]): Cylinder[] {
  const found: Cylinder[] = []
  sweep(input, counts, (cylinder) => found.push(cylinder))
  return found.sort((a, b) => b.llr - a.llr || a.radius - b.radius || a.centre - b.centre || b.from - a.from || a.to - b.to)
}

// Two cylinders are told apart when they share no place in a month: the lesser one of two that do says nothing new.
function apart(rising: readonly Cylinder[], { rings }: ScanInput): Cylinder[] {
  const taken: { places: Set<number>; c: Cylinder }[] = []
  for (const c of rising) {
    const places = new Set(rings[c.centre]!.slice(0, c.radius + 1).flat())
    const isTaken = taken.some((t) => t.c.from <= c.to && c.from <= t.c.to && [...places].some((place) => t.places.has(place)))
    if (!isTaken) taken.push({ places, c })
    if (taken.length >= 50) break
  }
  return taken.map(({ c }) => c)
}

/**
 * The largest ratio over all cylinders. Sums over months are running sums of the places within the radius, so a cylinder costs one
 * subtraction; the logarithms are taken only where the count is above what is expected. `each` hears the best window of each centre and radius.
 */
function sweep(input: ScanInput, counts: readonly number[], each?: (c: Cylinder) => void): number {
  const { months, rings, longest, alive, share } = input
  const all = sum(counts)
  const byMonth = monthTotals(input, counts)
  const most = all * share
  const upTo = new Float64Array(months + 1)
  let best = 0
  for (let centre = 0; centre < rings.length; centre++) {
    const inside = new Float64Array(months)
    for (let radius = 0; radius < rings[centre]!.length; radius++) {
      for (const place of rings[centre]![radius]!) for (let m = 0; m < months; m++) inside[m]! += counts[place * months + m]!
      for (let m = 0; m < months; m++) upTo[m + 1] = upTo[m]! + inside[m]!
      const own = upTo[months]! / all
      if (own === 0) continue
      let top: Cylinder | undefined
      for (let to = alive ? months - 1 : 0; to < months; to++)
        for (let from = Math.max(0, to - longest + 1); from <= to; from++) {
          const n = upTo[to + 1]! - upTo[from]!
          const expected = own * (byMonth[to + 1]! - byMonth[from]!)
          if (n < 2 || n <= expected || n > most) continue
          const llr = ratioOf(n, expected, all)
          if (llr > best) best = llr
          if (each && llr > (top?.llr ?? 0)) top = { centre, radius, from, to, n, expected, llr }
        }
      if (each && top) each(top)
    }
  }
  return best
}

function monthTotals({ places, months }: ScanInput, counts: readonly number[]): Float64Array {
  const upTo = new Float64Array(months + 1)
  for (let m = 0; m < months; m++) {
    upTo[m + 1] = upTo[m]!
    for (let place = 0; place < places; place++) upTo[m + 1]! += counts[place * months + m]!
  }
  return upTo
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffle(list: Uint16Array, random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = list[i]!
    list[i] = list[j]!
    list[j] = kept
  }
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
