import { type Refusal, refuse } from '../../base/rules/refusal.ts'

/** The levels of a city's divisions; a `zone` is a unit that takes part like a county but has no boundary of its own. */
export const LEVELS = ['city', 'county', 'zone', 'township', 'village'] as const
export type Level = (typeof LEVELS)[number]

/** A division under its national statistical code (a zone under one of our own); only the city has no parent. */
export type Area = { readonly code: string; readonly name: string; readonly level: Level; readonly parent: string | null }

/** A second parent: `area` (a town, as a rule) also belongs to `zone`. */
export type ZoneMember = { readonly zone: string; readonly area: string }

/** One pair of the closure; `depth` is the number of steps on the shortest way down, 0 for an area and itself. */
export type ClosureRow = { readonly ancestor: string; readonly descendant: string; readonly depth: number }

type Parents = ReadonlyMap<string, readonly string[]>

/** Every ancestor of every area, itself included; refuses an unknown parent, zone or member, and a cycle, naming them. */
export function closureOf(areas: readonly Area[], extraMembers: readonly ZoneMember[] = []): ClosureRow[] | Refusal {
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const unknown = unknownParent(areas, byCode) ?? unknownMember(extraMembers, byCode)
  if (unknown) return unknown
  const parents = parentsOf(areas, extraMembers)
  const cycle = findCycle(parents)
  if (cycle) return refuse('invalid', 'places/area-cycle', { path: cycle.map((code) => label(byCode.get(code)!)).join(' → ') })
  return areas.flatMap((area) => ancestorsOf(area.code, parents))
}

/** An area as messages name it: `610702 汉台区`. */
export function label(area: Area): string {
  return `${area.code} ${area.name}`
}

function unknownParent(areas: readonly Area[], byCode: ReadonlyMap<string, Area>): Refusal | undefined {
  const orphan = areas.find((area) => area.parent !== null && !byCode.has(area.parent))
  return orphan && refuse('invalid', 'places/unknown-parent', { area: label(orphan), parent: orphan.parent! })
}

function unknownMember(members: readonly ZoneMember[], byCode: ReadonlyMap<string, Area>): Refusal | undefined {
  for (const { zone, area } of members) {
    if (byCode.get(zone)?.level !== 'zone') return refuse('invalid', 'places/unknown-zone', { zone, area })
    if (!byCode.has(area)) return refuse('invalid', 'places/unknown-zone-member', { zone: label(byCode.get(zone)!), area })
  }
  return undefined
}

function parentsOf(areas: readonly Area[], members: readonly ZoneMember[]): Parents {
  const parents = new Map(areas.map((area) => [area.code, area.parent === null ? [] : [area.parent]]))
  for (const { zone, area } of members) parents.get(area)!.push(zone)
  return parents
}

// Depth first; `done` areas are known to lead to no cycle, so each is walked once.
function findCycle(parents: Parents): string[] | undefined {
  const done = new Set<string>()
  const walk = (code: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(code)) return [...path.slice(path.indexOf(code)), code]
    if (done.has(code)) return undefined
    const cycle = firstOf(parents.get(code)!, (parent) => walk(parent, [...path, code]))
    done.add(code)
    return cycle
  }
  return firstOf([...parents.keys()], (code) => walk(code, []))
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

// Breadth first upwards, so the first time an ancestor is met is by the shortest way.
function ancestorsOf(code: string, parents: Parents): ClosureRow[] {
  const depths = new Map([[code, 0]])
  for (const [at, depth] of depths) {
    for (const parent of parents.get(at)!) if (!depths.has(parent)) depths.set(parent, depth + 1)
  }
  return [...depths].map(([ancestor, depth]) => ({ ancestor, descendant: code, depth }))
}
