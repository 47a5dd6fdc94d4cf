import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import {
  type AccountAct,
  type AccountEvent,
  type AccountState,
  decideAccount,
  decideLeave,
  evolveAccount,
  isOpen,
} from './accounts.ts'
import { decideClose, decideRename, evolveOrganisation } from './organisations.ts'
import { PERMISSIONS } from './permissions.ts'
import { decideClosePost, decideLeavePost, evolvePost } from './posts.ts'
import { decideToken, evolveToken, SCOPES } from './tokens.ts'

const TODAY = toDay('2026-03-10')
const around = { today: TODAY, own: false, lastAdministrator: false }
const reason = '工作调整'
const begun: AccountEvent = { type: 'account_created', username: 'li', name: '李', clearance: 1, mustChange: true }

const code = (answer: unknown) => (isRefusal(answer) ? answer.code : 'taken')
const fold = (...events: AccountEvent[]) =>
  events.reduce<AccountState | undefined>((state, event) => evolveAccount(state, event), undefined)!

describe('an account', () => {
  it('is what its events made of it', () => {
    const state = fold(
      begun,
      { type: 'password_changed' },
      { type: 'account_renamed', name: '李明', reason },
      { type: 'clearance_changed', clearance: 2, reason },
      { type: 'validity_changed', validFrom: TODAY, validTo: toDay('2026-04-01'), reason },
      { type: 'account_disabled', day: TODAY, reason },
      { type: 'account_enabled', reason },
      { type: 'password_reset', reason },
      { type: 'validity_changed', reason },
      { type: 'account_left', day: TODAY, reason },
    )
    expect(state).toEqual({
      ...{ version: 10, username: 'li', name: '李明', clearance: 2, passwords: 3, mustChange: true },
      ...{ disabled: TODAY, left: TODAY },
    })
  })

  it('that was taken over begins as it was found', () => {
    const found = { username: 'li', name: '李', clearance: 1, disabled: TODAY }
    expect(fold({ type: 'account_taken_over', ...found })).toEqual({ version: 1, passwords: 1, ...found })
  })

  const acts: AccountAct[] = [
    { act: 'rename', name: '王', reason },
    { act: 'clear', clearance: 3, reason },
    { act: 'limit', validTo: TODAY, reason },
    { act: 'reset', reason },
    { act: 'disable', reason },
    { act: 'enable', reason },
  ]
  it.each(acts)('is not administered by its own person, nor after leaving: $act', (act) => {
    expect(code(decideAccount(fold(begun), act, { ...around, own: true }))).toBe('people/own-account')
    const left = fold(begun, { type: 'account_left', day: TODAY, reason })
    expect(code(decideAccount(left, act, around))).toBe('people/has-left')
  })

  it('of the last security administrator is not closed, neither by hand nor by a day', () => {
    const last = { ...around, lastAdministrator: true }
    for (const act of [
      { act: 'disable', reason },
      { act: 'limit', validTo: TODAY, reason },
      { act: 'limit', validFrom: toDay('2026-03-11'), reason },
    ] as const)
      expect(code(decideAccount(fold(begun), act, last))).toBe('people/last-administrator')
    expect(code(decideLeave(fold(begun), { reason, posts: 0 }, last))).toBe('people/last-administrator')
    expect(code(decideAccount(fold(begun), { act: 'clear', clearance: 0, reason }, last))).toBe('taken')
  })

  it('is disabled once and enabled once; its days do not run backwards', () => {
    const disabled = fold(begun, { type: 'account_disabled', day: TODAY, reason })
    expect(code(decideAccount(disabled, { act: 'disable', reason }, around))).toBe('people/disabled-already')
    expect(code(decideAccount(fold(begun), { act: 'enable', reason }, around))).toBe('people/not-disabled')
    const inverted = { act: 'limit' as const, validFrom: TODAY, validTo: toDay('2026-03-09'), reason }
    expect(code(decideAccount(fold(begun), inverted, around))).toBe('people/window-inverted')
  })

  it('leaves when every post was spoken of', () => {
    expect(code(decideLeave(fold(begun), { reason, posts: 1 }, around))).toBe('people/posts-open')
    expect(decideLeave(fold(begun), { reason, posts: 0 }, around)).toEqual({ type: 'account_left', day: TODAY, reason })
  })

  it.each([
    [{}, true],
    [{ validFrom: TODAY, validTo: TODAY }, true],
    [{ validFrom: toDay('2026-03-11') }, false],
    [{ validTo: toDay('2026-03-09') }, false],
    [{ disabled: TODAY }, false],
  ])('with %j is open today: %s', (account, open) => expect(isOpen(account, TODAY)).toBe(open))
})

describe('an organisation', () => {
  const made = evolveOrganisation(undefined, { type: 'organisation_created', name: '甲局', kind: 'department', area: '610700' })
  const how = { day: TODAY, reason, openPosts: 0, own: false }

  it('is renamed and closed into another, and then stands still', () => {
    const renamed = evolveOrganisation(made, { type: 'organisation_renamed', name: '乙局', reason })
    const closed = evolveOrganisation(renamed, { type: 'organisation_closed', day: TODAY, reason, into: 'b' })
    expect(closed).toEqual({ version: 3, name: '乙局', kind: 'department', area: '610700', closed: TODAY, mergedInto: 'b' })
    expect(code(decideRename(closed, { name: '丙', reason }))).toBe('people/organisation-closed')
    expect(code(decideClose(closed, how))).toBe('people/organisation-closed')
  })

  it('is not closed with posts in it, nor into itself, nor into one that is closed', () => {
    expect(code(decideClose(made, { ...how, openPosts: 2 }))).toBe('people/posts-open')
    expect(code(decideClose(made, { ...how, own: true }))).toBe('people/into-itself')
    expect(code(decideClose(made, { ...how, into: { id: 'b', closed: TODAY } }))).toBe('people/organisation-closed')
    expect(code(decideClose(made, { ...how, into: { id: 'b' } }))).toBe('taken')
  })
})

describe('a post', () => {
  const post = evolvePost(undefined, { type: 'post_created', org: 'o', title: '科长', role: 'office', area: '610700' })
  const held = evolvePost(post, { type: 'post_given', account: 'a', standIn: false })

  it('is left vacant by who holds it, and closed when nobody does', () => {
    expect(code(decideLeavePost(held, { account: 'b', reason, name: '王' }))).toBe('people/not-held')
    expect(code(decideClosePost(held, { reason, duties: 0 }))).toBe('people/post-held')
    const vacant = evolvePost(held, { type: 'post_left', account: 'a', reason })
    expect(vacant).toEqual({ ...post, version: 3, held: 1 })
    expect(code(decideClosePost(vacant, { reason, duties: 1 }))).toBe('people/duties-open')
    expect(evolvePost(vacant, { type: 'post_closed', reason })).toEqual({ ...post, version: 4, held: 1, closed: true })
  })
})

describe('a token', () => {
  const rule = { longestDays: 366, perMinute: 600, mostEach: 2 }
  const standing = { today: TODAY, latest: toDay('2027-03-11'), held: ['case.read'], live: 0, rule }
  const wanted = { account: 'a', name: '大屏', scopes: ['case.read'] as const, readOnly: true }

  it('is for what its person has, for days that the rule allows, and there are not too many', () => {
    expect(decideToken(wanted, standing)).toMatchObject({ type: 'token_made', expires: '2027-03-11' })
    expect(code(decideToken({ ...wanted, scopes: ['case.move'] }, standing))).toBe('people/scope-beyond')
    expect(code(decideToken({ ...wanted, expires: toDay('2026-03-09') }, standing))).toBe('people/expiry')
    expect(code(decideToken({ ...wanted, expires: toDay('2027-03-12') }, standing))).toBe('people/expiry')
    expect(code(decideToken(wanted, { ...standing, live: 2 }))).toBe('people/too-many-tokens')
  })

  it('is revoked and stays so', () => {
    const made = evolveToken(undefined, { type: 'token_made', ...wanted })
    expect(evolveToken(made, { type: 'token_revoked', reason })).toEqual({ ...wanted, version: 2, revoked: true })
  })

  it('never administers people nor audits: the list of what a machine may is closed', () => {
    expect(PERMISSIONS.filter((p) => !(SCOPES as readonly string[]).includes(p))).toEqual(
      expect.arrayContaining(['people.manage', 'journal.read']),
    )
  })
})
