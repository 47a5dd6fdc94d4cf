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

/** Roles that see the cases of their organisation. */
const ORG_ROLES: readonly Role[] = ['unit', ...AREA_ROLES]

/** What row-level security lets the actor see. `within` lists the divisions below each area that the closure table names. */
export function scopeOf(
  actor: Actor,
  within: string[],
): { tenant: number; areas: '*' | string[]; orgs: string[]; clearance: number } {
  const areas = actor.holdings.filter((h) => AREA_ROLES.includes(h.role)).map((h) => h.area)
  return {
    tenant: actor.tenant,
    areas: areas.includes(String(actor.tenant)) ? '*' : [...new Set([...areas, ...(areas.length > 0 ? within : [])])],
    orgs: [...new Set(actor.holdings.filter((h) => ORG_ROLES.includes(h.role)).map((h) => h.org))],
    clearance: actor.clearance,
  }
}
