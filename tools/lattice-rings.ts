/** A vertex on the whole-number lattice a source file was rounded to. */
export type Vertex = readonly [number, number]
/** A ring of vertices, first and last the same or not. */
export type LatticeRing = readonly Vertex[]
/** A polygon: its shell counter-clockwise, then its holes clockwise, every ring closed. */
export type LatticePolygon = readonly LatticeRing[]

type Edges = Map<number, Set<number>>

// Two whole numbers below 2^20 in one, so that maps can be keyed by a vertex.
const SHIFT = 2 ** 20

/**
 * A coverage made valid without moving a vertex: repeated points and zero-width spikes go, every border has the same vertices
 * in all areas that share it, rings that touch themselves are split into simple ones. Shells in, one list of polygons per area out.
 */
export function cleanCoverage(areas: readonly (readonly LatticeRing[])[]): LatticePolygon[][] {
  const vertices = new Set(areas.flat(2).map(keyOf))
  return areas.map((shells) => polygonsOf(edgesOf(shells, vertices)))
}

/** Pairs of segments of `rings` that cross or touch other than at a common end: none in a valid area. */
export function findCrossings(rings: readonly (readonly (readonly number[])[])[]): string[] {
  const segments = rings.flatMap((ring) => ring.slice(1).map((to, i) => ({ from: ring[i]!, to })))
  const west = (s: { from: readonly number[]; to: readonly number[] }) => Math.min(s.from[0]!, s.to[0]!)
  const east = (s: { from: readonly number[]; to: readonly number[] }) => Math.max(s.from[0]!, s.to[0]!)
  segments.sort((a, b) => west(a) - west(b))
  const found: string[] = []
  for (const [i, a] of segments.entries()) {
    for (let j = i + 1; j < segments.length && west(segments[j]!) <= east(a); j++) {
      if (isBadPair(a.from, a.to, segments[j]!)) found.push(`${a.from} – ${a.to} × ${segments[j]!.from} – ${segments[j]!.to}`)
    }
  }
  return found
}

/** Twice the signed area of a ring in its own units: positive when counter-clockwise. */
export function signedArea2(ring: readonly (readonly number[])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + x! * nextY! - y! * nextX!
  }, 0)
}

function isBadPair(
  a: readonly number[],
  b: readonly number[],
  other: { from: readonly number[]; to: readonly number[] },
): boolean {
  const { from: c, to: d } = other
  const ends = [same(a, c), same(a, d), same(b, c), same(b, d)].filter(Boolean).length
  if (ends > 1) return true
  const sides = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (ends === 0 && sides[0]! * sides[1]! < 0 && sides[2]! * sides[3]! < 0) return true
  return (
    [c, d].some((p, i) => sides[i] === 0 && isWithin(a, b, p)) || [a, b].some((p, i) => sides[i + 2] === 0 && isWithin(c, d, p))
  )
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

function turn(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!)
}

// p lies on the line through a and b: strictly between them?
function isWithin(a: readonly number[], b: readonly number[], p: readonly number[]): boolean {
  return (p[0]! - a[0]!) * (p[0]! - b[0]!) + (p[1]! - a[1]!) * (p[1]! - b[1]!) < 0
}

// Directed edges with the area on their left. An edge met as often in one direction as in the other encloses nothing there and
// goes: a spike, or the border between two parts of one area.
function edgesOf(shells: readonly LatticeRing[], vertices: ReadonlySet<number>): Edges {
  const edges: Edges = new Map()
  for (const [from, to, net] of netEdges(shells, vertices)) {
    if (Math.abs(net) > 1) throw new Error(`edge ${vertexOf(from)} – ${vertexOf(to)} runs ${net} times in one direction`)
    const [tail, head] = net > 0 ? [from, to] : [to, from]
    if (net !== 0) edges.set(tail, (edges.get(tail) ?? new Set()).add(head))
  }
  return edges
}

function netEdges(shells: readonly LatticeRing[], vertices: ReadonlySet<number>): [from: number, to: number, net: number][] {
  const net = new Map<string, [number, number, number]>()
  for (const shell of shells) {
    const ring = withSharedVertices(signedArea2(shell) > 0 ? shell : [...shell].reverse(), vertices)
    ring.forEach((here, i) => {
      const next = ring[(i + 1) % ring.length]!
      if (here === next) return
      const [from, to, sign] = here < next ? [here, next, 1] : [next, here, -1]
      const before = net.get(`${from},${to}`)?.[2] ?? 0
      net.set(`${from},${to}`, [from, to, before + sign])
    })
  }
  return [...net.values()]
}

// The ring as keys, with every vertex of any area that lies on one of its segments; exact, as all are whole numbers.
function withSharedVertices(ring: LatticeRing, vertices: ReadonlySet<number>): number[] {
  return ring.flatMap(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    const steps = gcd(Math.abs(nextX - x), Math.abs(nextY - y))
    const at = (step: number) => keyOf([x + ((nextX - x) / steps) * step, y + ((nextY - y) / steps) * step])
    const between = Array.from({ length: Math.max(0, steps - 1) }, (_, step) => at(step + 1))
    return [keyOf([x, y]), ...between.filter((key) => vertices.has(key))]
  })
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

function polygonsOf(edges: Edges): LatticePolygon[] {
  const rings: Vertex[][] = []
  for (const start of [...edges.keys()].sort((a, b) => a - b)) {
    while (edges.get(start)?.size) rings.push(...splitRing(faceFrom(edges, start)))
  }
  const holes = rings.filter((ring) => signedArea2(ring) < 0)
  const shells = rings.filter((ring) => signedArea2(ring) > 0).sort((a, b) => signedArea2(b) - signedArea2(a))
  const home = holes.map((hole) => shellOf(hole, shells))
  return shells.map((shell) => [shell, ...holes.filter((_, i) => home[i] === shell)].map(close))
}

// Follows the border of one face, turning as sharply left as possible, and takes its edges out.
function faceFrom(edges: Edges, start: number): number[] {
  const ring: number[] = []
  let from = start
  let to = Math.min(...edges.get(start)!)
  const first = to
  do {
    ring.push(from)
    edges.get(from)!.delete(to)
    const next = sharpestLeft(from, to, edges.get(to)!)
    from = to
    to = next
  } while (to !== -1 && !(from === start && to === first))
  return ring
}

// The edge met first when turning clockwise from where we came; -1 when none is left, that is back at the start.
function sharpestLeft(from: number, at: number, out: ReadonlySet<number>): number {
  const back = angle(at, from)
  const turned = (to: number) => (back - angle(at, to) + 4 * Math.PI) % (2 * Math.PI)
  return [...out].reduce((best, to) => (best === -1 || turned(to) < turned(best) ? to : best), -1)
}

function angle(from: number, to: number): number {
  const [x1, y1] = vertexOf(from)
  const [x2, y2] = vertexOf(to)
  return Math.atan2(y2 - y1, x2 - x1)
}

// A border that comes back to a vertex is cut there: each loop becomes a ring of its own.
function splitRing(face: readonly number[]): Vertex[][] {
  const rings: Vertex[][] = []
  const stack: number[] = []
  for (const key of [...face, face[0]!]) {
    const before = stack.indexOf(key)
    if (before >= 0) rings.push(stack.splice(before).map(vertexOf))
    stack.push(key)
  }
  return rings
}

function shellOf(hole: readonly Vertex[], shells: readonly Vertex[][]): Vertex[] {
  const inside = shells.filter((shell) => {
    const ownKeys = new Set(shell.map(keyOf))
    const probe = hole.find((vertex) => !ownKeys.has(keyOf(vertex)))
    return probe !== undefined && contains(shell, probe)
  })
  const smallest = inside.at(-1)
  if (!smallest) throw new Error(`hole at ${hole[0]} lies in no shell`)
  return smallest
}

function contains(ring: readonly Vertex[], [x, y]: Vertex): boolean {
  return ring.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!
    return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !inside : inside
  }, false)
}

function close(ring: readonly Vertex[]): Vertex[] {
  return [...ring, ring[0]!]
}

function keyOf([x, y]: Vertex): number {
  return x * SHIFT + y
}

function vertexOf(key: number): Vertex {
  return [Math.floor(key / SHIFT), key % SHIFT]
}
