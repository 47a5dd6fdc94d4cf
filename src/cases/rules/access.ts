import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type Actor, type Capacity, type Holding, ROLES, type Role } from '../../people/rules/actor.ts'
import type { Case, Place } from './case.ts'
import { type DutyKind, MOVES, type Move, SECRECY } from './codes.ts'
import { type Bond, PROCEDURE, type Rule } from './procedure.ts'

/** Which moves a role may ever make, and the public: the procedure turned round. */
export const PERMISSIONS: Readonly<Record<Capacity, readonly Move[]>> = permissions()

/** Roles that read cases at all; payout and the three administrators do not. */
const READERS: readonly Role[] = [
  'office',
  'county_office',
  'unit',
  'inspector',
  'leader',
  'chief',
  'grid',
  'analyst',
  'publisher',
]

/** Roles that read what is 限定知悉 or 封存; units and inspectors among them only where their organisation is bound. */
const TRUSTED: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader']

/**
 * The policy wall: whether the actor may know that the case exists. Same city, cleared for its label, and tied to it by division or
 * by duty. 封存 (level 3) is for the office, leaders and bound organisations only.
 */
export function canSee(actor: Actor, c: Seen): boolean {
  if (actor.tenant !== c.tenant || c.secrecy > actor.clearance) return false
  return actor.holdings.some((holding) => READERS.includes(holding.role) && seesAs(holding, c))
}

/** What the wall looks at. */
export type Seen = Pick<Case, 'tenant' | 'secrecy' | 'place' | 'duties'>

/** What an actor sees, said as conditions that a query can take: `canSee` is true of a case exactly when one of them holds. */
export interface Sight {
  /** By division: `*` is the whole city; `regions` and `locals` (towns, villages) are codes; `most` is the highest secrecy level. */
  areas: { regions: '*' | string[]; locals: string[]; most: number }[]
  /** By organisation bound to the case, whatever its duty. */
  bound: { orgs: string[]; most: number }
}

/** The policy wall turned into conditions (a property holds it against `canSee`). */
export function sightOf(actor: Actor): Sight {
  const readers = actor.holdings.filter((holding) => READERS.includes(holding.role))
  const areas = readers
    .filter((holding) => holding.role !== 'unit')
    .map((holding) => ({ ...divisionsOf(holding, actor.tenant), most: mostFor(holding.role, actor.clearance) }))
  const orgs = readers.filter((holding) => TRUSTED.includes(holding.role)).map((holding) => holding.org)
  return { areas, bound: { orgs: [...new Set(orgs)], most: actor.clearance } }
}

/** Everything there is: for the whole city's own counts, and where the policy wall is switched off. */
export const FULL_SIGHT: Sight = { areas: [{ regions: '*', locals: [], most: SECRECY.sealed }], bound: { orgs: [], most: 0 } }

function mostFor(role: Role, clearance: number): number {
  if (role === 'office' || role === 'leader') return clearance
  return Math.min(clearance, TRUSTED.includes(role) ? SECRECY.restricted : SECRECY.internal)
}

/** The divisions that a post answers for, as a query can ask for them. */
export function divisionsOf({ area, within }: Holding, tenant: number): Pick<Sight['areas'][number], 'regions' | 'locals'> {
  const towns = within ?? []
  if (/^\d{4}00$/.test(area)) return { regions: area === String(tenant) ? '*' : [], locals: towns }
  return area.length === 6 ? { regions: [area], locals: towns } : { regions: [], locals: [area, ...towns] }
}

/** Whether a division holds a place: the city ('610700') all of its own, every other code what lies under it by name. */
export function covers(area: string, place: Place): boolean {
  if (/^\d{4}00$/.test(area)) return place.region.startsWith(area.slice(0, 4))
  if (area.length === 6) return area === place.region // a county's or a zone's code counts as nothing else
  return area === place.town || area === place.village
}

/** Whether a post answers for a place: by its division, or by a town that the zone it stands for has. */
function answersFor({ area, within }: Holding, place: Place): boolean {
  return covers(area, place) || (within ?? []).some((code) => code === place.town || code === place.village)
}

/** The organisations bound to a case in any of these duties. */
export function boundOrgs(c: Pick<Case, 'duties'>, ...as: DutyKind[]): string[] {
  return c.duties.filter((duty) => as.includes(duty.as)).map((duty) => duty.org)
}

/** Who asks: in which post if it matters, and whether to give the second word of two. */
export type Asker = { actor: Actor; post?: string | undefined; confirming: boolean }

/** The holding in which an actor may make the move on this case (undefined: as the public), or why no holding may. */
export function capacityFor(rule: Rule, c: Seen, asker: Asker): { holding?: Holding } | Refusal {
  const { actor, post } = asker
  const by = asker.confirming && rule.confirmedBy ? confirming(rule.confirmedBy) : rule.by
  if (actor.holdings.length === 0 && by.public) return {}
  const eligible = actor.holdings.filter((h) => by[h.role] !== undefined && (post === undefined || h.post === post))
  if (eligible.length === 0) return refuse('never', 'cases/role-never', { roles: Object.keys(by).join(', ') })
  const holding = eligible.find((h) => isBound(by[h.role]!, h, c))
  return holding ? { holding } : refuse('never', 'cases/not-your-case', { bond: by[eligible[0]!.role]! })
}

/** Whether a post is tied to the case as the bond asks; where no acceptance unit is named yet, inspectors of the division stand in. */
export function isBound(bond: Bond, holding: Holding, c: Pick<Case, 'place' | 'duties'>): boolean {
  if (bond === 'anyone') return true
  if (bond === 'county') return answersFor(holding, c.place) || holding.area.slice(0, 6) === c.place.region
  if (bond === 'rectifier') return boundOrgs(c, 'responsible', 'lead').includes(holding.org)
  if (bond === 'contributor') return boundOrgs(c, 'responsible', 'lead', 'supporting').includes(holding.org)
  const accepting = bond === 'acceptance' ? boundOrgs(c, 'acceptance') : []
  return accepting.length > 0 ? accepting.includes(holding.org) : answersFor(holding, c.place)
}

function seesAs(holding: Holding, c: Seen): boolean {
  const bound = TRUSTED.includes(holding.role) && c.duties.some((duty) => duty.org === holding.org)
  if (c.secrecy >= SECRECY.restricted && !TRUSTED.includes(holding.role)) return false
  if (holding.role === 'unit') return bound
  if (c.secrecy >= SECRECY.sealed && holding.role !== 'office' && holding.role !== 'leader') return bound
  return bound || answersFor(holding, c.place)
}

function confirming(roles: readonly Capacity[]): Rule['by'] {
  return Object.fromEntries(roles.map((role) => [role, 'area' as const]))
}

function permissions(): Record<Capacity, readonly Move[]> {
  const mayOf = (role: Capacity) =>
    MOVES.filter((move) => role in PROCEDURE[move].by || PROCEDURE[move].confirmedBy?.includes(role))
  const rows = [...ROLES, 'public' as const].map((role): [Capacity, readonly Move[]] => [role, mayOf(role)])
  return Object.fromEntries(rows) as Record<Capacity, readonly Move[]>
}
