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
/** 封存 is read by division by these only; by the other trusted roles where their organisation is bound. */
const SEALED_ROLES: readonly Role[] = ['office', 'leader']
const MOST_BY_AREA = 2

/** What row-level security lets the actor see. `within` lists the divisions below each area that the closure table names. */
export function scopeOf(
  actor: Actor,
  within: string[],
): { tenant: number; areas: '*' | string[]; orgs: string[]; clearance: number; areaClearance: number; audits?: true } {
  const trusted = actor.holdings.filter((h) => TRUSTED_ROLES.includes(h.role))
  const areas = actor.holdings.filter((h) => AREA_ROLES.includes(h.role)).map((h) => h.area)
  return {
    tenant: actor.tenant,
    areas: areas.includes(String(actor.tenant)) ? '*' : [...new Set([...areas, ...(areas.length > 0 ? within : [])])],
    orgs: [...new Set(trusted.map((h) => h.org))],
    clearance: trusted.length > 0 ? actor.clearance : Math.min(actor.clearance, MOST_FOR_LOOKERS),
    areaClearance: Math.min(actor.clearance, Math.max(...actor.holdings.map((h) => mostByArea(h.role)), -1)),
    ...(!actor.only && actor.holdings.some((h) => h.role === 'auditor') ? { audits: true as const } : {}),
  }
}

// Of several posts the highest: which post it is by, the policy wall tells.
function mostByArea(role: Role): number {
  if (!AREA_ROLES.includes(role)) return -1
  if (SEALED_ROLES.includes(role)) return 3
  return TRUSTED_ROLES.includes(role) ? MOST_BY_AREA : MOST_FOR_LOOKERS
}
