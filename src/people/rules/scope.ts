import type { Actor, Role } from './actor.ts'

/** Roles that answer for a division; the others see only what binds their organisation. */
export const AREA_ROLES: readonly Role[] = [
  'office',
  'county_office',
  'inspector',
  'leader',
  'chief',
  'grid',
  'analyst',
  'publisher',
]

/** Roles that see the cases that bind their organisation, and what is 限定知悉 or 封存; the others look on (cases/rules/access.ts). */
export const TRUSTED_ROLES: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader']
const MOST_FOR_LOOKERS = 1

/** What row-level security lets the actor see. `within` lists the divisions below each area that the closure table names. */
export function scopeOf(
  actor: Actor,
  within: string[],
): { tenant: number; areas: '*' | string[]; orgs: string[]; clearance: number } {
  const trusted = actor.holdings.filter((h) => TRUSTED_ROLES.includes(h.role))
  const areas = actor.holdings.filter((h) => AREA_ROLES.includes(h.role)).map((h) => h.area)
  return {
    tenant: actor.tenant,
    areas: areas.includes(String(actor.tenant)) ? '*' : [...new Set([...areas, ...(areas.length > 0 ? within : [])])],
    orgs: [...new Set(trusted.map((h) => h.org))],
    clearance: trusted.length > 0 ? actor.clearance : Math.min(actor.clearance, MOST_FOR_LOOKERS),
  }
}
