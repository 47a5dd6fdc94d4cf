import { covers } from '../../cases/rules/access.ts'
import type { Actor, Holding, Role } from '../../people/rules/actor.ts'
import { hasLeftOffice } from './codes.ts'
import type { Item } from './item.ts'

/** What the wall looks at. */
export type SeenItem = Pick<Item, 'tenant' | 'region' | 'org' | 'secrecy' | 'state'>

/** Roles that read what was sent in their division, and the highest label they read there. */
const MOST_BY_AREA: Partial<Record<Role, number>> = { office: 3, leader: 3, county_office: 2, inspector: 2 }

/** Roles that answer for an organisation. */
const OF_ORG: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader']

/**
 * The policy wall: the city's office and its leaders see every item of their area; county offices, inspectors and leaders of a county what
 * was sent there; an organisation what was sent to it. What has not left the office is nobody else's.
 */
export function canSeeItem(actor: Actor, item: SeenItem): boolean {
  if (actor.tenant !== item.tenant || item.secrecy > actor.clearance) return false
  return actor.holdings.some((h) => seesByArea(h, item) || isAddressee(h, item))
}

function seesByArea(h: Holding, item: SeenItem): boolean {
  const most = MOST_BY_AREA[h.role]
  if (most === undefined || item.secrecy > most || !sitsOver(h, item.region)) return false
  return hasLeftOffice(item.state) || ((h.role === 'office' || h.role === 'leader') && isCity(h.area))
}

/** Whether an item was sent to the organisation of this post. */
export function isAddressee(h: Holding, item: SeenItem): boolean {
  return hasLeftOffice(item.state) && OF_ORG.includes(h.role) && h.org === item.org
}

/** Whether a post answers for a county, or for the whole city where an item lies in several. */
export const sitsOver = (h: Holding, region: string): boolean => covers(h.area, { region })

/** What an actor sees, as a query takes it; `canSeeItem` is true of an item exactly when one of its parts holds. */
export type ItemSight = { areas: { regions: '*' | string[]; most: number; unsent: boolean }[]; orgs: string[]; clearance: number }

/** The policy wall turned into conditions. */
export function itemSightOf(actor: Actor): ItemSight {
  const areas = actor.holdings.flatMap((h) => {
    const most = MOST_BY_AREA[h.role]
    if (most === undefined || (h.area.length !== 6 && !isCity(h.area))) return []
    const city = isCity(h.area)
    if (city && h.area !== String(actor.tenant)) return []
    const unsent = city && (h.role === 'office' || h.role === 'leader')
    return [{ regions: city ? ('*' as const) : [h.area], most: Math.min(most, actor.clearance), unsent }]
  })
  const orgs = actor.holdings.filter((h) => OF_ORG.includes(h.role)).map((h) => h.org)
  return { areas, orgs: [...new Set(orgs)], clearance: actor.clearance }
}

const isCity = (area: string): boolean => /^\d{4}00$/.test(area)
