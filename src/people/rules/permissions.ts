import type { Actor, Role } from './actor.ts'

/** What a role may ask of the product at all; whether it may do it to this thing now is the life cycle's answer. */
const GRANTS = {
  'case.read': ['office', 'county_office', 'unit', 'inspector', 'leader', 'chief', 'grid', 'analyst', 'publisher'],
  'case.report': ['office', 'county_office', 'unit', 'inspector', 'chief', 'grid', 'analyst'],
  'case.move': ['office', 'county_office', 'unit', 'inspector', 'leader', 'chief', 'grid', 'analyst'],
  'case.evidence': ['office', 'county_office', 'unit', 'inspector', 'chief', 'grid', 'analyst'],
  'case.archive': ['office', 'county_office', 'leader'],
  'case.import': ['office'],
  'supervision.read': ['office', 'county_office', 'unit', 'inspector', 'leader'],
  'supervision.draft': ['office'],
  'supervision.sign': ['office', 'leader'],
  'supervision.answer': ['office', 'county_office', 'unit', 'inspector', 'leader'],
  'meeting.read': ['office', 'county_office', 'inspector', 'leader'],
  'meeting.manage': ['office'],
  'directory.read': [
    'office',
    'county_office',
    'unit',
    'inspector',
    'leader',
    'chief',
    'grid',
    'analyst',
    'publisher',
    'secadmin',
  ],
  'people.manage': ['secadmin'],
  'rule.read': [
    'office',
    'county_office',
    'unit',
    'inspector',
    'leader',
    'analyst',
    'publisher',
    'sysadmin',
    'secadmin',
    'auditor',
  ],
  'layer.manage': ['office', 'sysadmin'],
  'rule.propose': ['office'],
  'rule.decide': ['leader'],
  'target.manage': ['office', 'sysadmin'],
  'journal.read': ['auditor'],
  'template.read': ['office', 'county_office', 'leader', 'sysadmin', 'auditor'],
  'template.edit': ['office'],
  'template.confirm': ['leader'],
  'letter.issue': ['office'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS
export const PERMISSIONS = Object.keys(GRANTS) as Permission[]

/** Whether any post of the actor carries the permission; a name that is not in the table is a permission nobody has. */
export function can(actor: Actor, permission: string): boolean {
  if (actor.only && !actor.only.includes(permission)) return false
  const roles: readonly Role[] = GRANTS[permission as Permission] ?? []
  return actor.holdings.some((holding) => roles.includes(holding.role))
}

/** The permissions of an actor, for a screen that shows only what can be used. */
export function permissionsOf(actor: Actor): Permission[] {
  return PERMISSIONS.filter((permission) => can(actor, permission))
}
