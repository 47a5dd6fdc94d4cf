import { describe, expect, it } from 'vitest'
import type { Actor, Role } from './actor.ts'
import { can, PERMISSIONS } from './permissions.ts'
import { refuseTwoPowers } from './posts.ts'
import { scopeOf } from './scope.ts'
import { SCOPES } from './tokens.ts'

/**
 * 三员分立, kept by hand: the system administrator keeps the machine, the security administrator the people, the auditor watches both and
 * changes nothing. A permission that is added to the product and given to one of them must be written here by somebody who means it.
 */
const MATRIX: Record<'sysadmin' | 'secadmin' | 'auditor', string[]> = {
  sysadmin: ['layer.manage', 'rule.read', 'target.manage', 'template.read'],
  secadmin: ['directory.read', 'people.manage', 'rule.read'],
  auditor: ['journal.read', 'rule.read', 'template.read'],
}
const THREE = Object.keys(MATRIX) as (keyof typeof MATRIX)[]

const holding = (role: Role): Actor => ({
  ...{ tenant: 610700, account: 'a', name: '甲', clearance: 3 },
  holdings: [{ post: 'p', title: 't', role, org: 'o', orgName: 'n', area: '610700', standIn: false }],
})

describe('the three administrators', () => {
  it.each(THREE)('%s may this and nothing else', (role) => {
    expect(PERMISSIONS.filter((permission) => can(holding(role), permission)).sort()).toEqual([...MATRIX[role]].sort())
  })

  it.each(THREE)('%s sees no case, whatever the clearance', (role) => {
    const scope = scopeOf(holding(role), ['610702'])
    expect([scope.areas, scope.orgs, scope.areaClearance]).toEqual([[], [], -1])
    expect(scope.audits).toBe(role === 'auditor' ? true : undefined)
  })

  it('are three people', () => {
    for (const one of THREE)
      for (const other of THREE)
        expect(refuseTwoPowers(one, [other])?.code, `${one} ${other}`).toBe(one === other ? undefined : 'people/three-powers')
  })

  it('hand none of it to a machine: administration and audit are no scopes, and a token audits nothing', () => {
    const powers = ['people.manage', 'journal.read']
    expect(SCOPES.filter((scope) => powers.includes(scope))).toEqual([])
    expect(scopeOf({ ...holding('auditor'), only: ['rule.read'] }, []).audits).toBeUndefined()
    expect(can({ ...holding('auditor'), only: ['rule.read'] }, 'journal.read')).toBe(false)
  })
})
