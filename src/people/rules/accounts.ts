import type { Day } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'

/** An account is the fold of its events. `passwords` counts how often one was set; neither it nor its hash is ever told. */
export type AccountState = {
  version: number
  username: string
  name: string
  clearance: number
  passwords: number
  /** The password was given by somebody else and opens nothing but its own change. */
  mustChange?: true
  /** It reads and never writes; each of its reads is on record. */
  readOnly?: true
  validFrom?: Day
  validTo?: Day
  disabled?: Day
  left?: Day
}

type Begun = { username: string; name: string; clearance: number; readOnly?: true; validFrom?: Day; validTo?: Day }

export type AccountEvent =
  | ({ type: 'account_created'; mustChange?: true } & Begun)
  | { type: 'account_taken_over'; username: string; name: string; clearance: number; disabled?: Day }
  | { type: 'account_renamed'; name: string; reason: string }
  | { type: 'clearance_changed'; clearance: number; reason: string }
  | { type: 'validity_changed'; validFrom?: Day; validTo?: Day; reason: string }
  | { type: 'password_changed' }
  | { type: 'password_reset'; reason: string }
  | { type: 'account_disabled'; day: Day; reason: string }
  | { type: 'account_enabled'; reason: string }
  | { type: 'account_left'; day: Day; reason: string }

/** The next state of an account; total, needs no law. */
export function evolveAccount(before: AccountState | undefined, event: AccountEvent): AccountState {
  if (event.type === 'account_created' || event.type === 'account_taken_over') {
    const { type: _, ...begun } = event
    return { version: 1, passwords: 1, ...begun }
  }
  if (!before) throw new Error(`${event.type} before account_created`)
  return { ...changed(before, event), version: before.version + 1 }
}

type Begin = { type: 'account_created' | 'account_taken_over' }

function changed(before: AccountState, event: Exclude<AccountEvent, Begin>): AccountState {
  switch (event.type) {
    case 'account_renamed':
      return { ...before, name: event.name }
    case 'clearance_changed':
      return { ...before, clearance: event.clearance }
    case 'validity_changed':
      return { ...without(before, 'validFrom', 'validTo'), ...windowOf(event) }
    case 'password_changed':
      return { ...without(before, 'mustChange'), passwords: before.passwords + 1 }
    case 'password_reset':
      return { ...before, mustChange: true, passwords: before.passwords + 1 }
    case 'account_disabled':
      return { ...before, disabled: event.day }
    case 'account_enabled':
      return without(before, 'disabled')
    case 'account_left':
      return { ...before, disabled: event.day, left: event.day }
  }
}

function without(account: AccountState, ...keys: ('mustChange' | 'disabled' | 'validFrom' | 'validTo')[]): AccountState {
  const next = { ...account }
  for (const key of keys) delete next[key]
  return next
}

const windowOf = ({ validFrom, validTo }: { validFrom?: Day; validTo?: Day }) => ({
  ...(validFrom ? { validFrom } : {}),
  ...(validTo ? { validTo } : {}),
})

/** What an administrator asks of somebody's account. */
export type AccountAct =
  | { act: 'rename'; name: string; reason: string }
  | { act: 'clear'; clearance: number; reason: string }
  | { act: 'limit'; validFrom?: Day | undefined; validTo?: Day | undefined; reason: string }
  | { act: 'reset'; reason: string }
  | { act: 'disable'; reason: string }
  | { act: 'enable'; reason: string }

/** Around the act: the day, whether it is the administrator's own account, and whether nobody else could administer after it. */
export type Around = { today: Day; own: boolean; lastAdministrator: boolean }

/** 账号的变动: nobody changes their own account this way, who left stays gone, and the last security administrator stays. */
export function decideAccount(account: AccountState, o: AccountAct, around: Around): AccountEvent | Refusal {
  if (around.own) return refuse('never', 'people/own-account')
  if (account.left) return refuse('not-now', 'people/has-left', { day: account.left })
  switch (o.act) {
    case 'rename':
      return { type: 'account_renamed', name: o.name, reason: o.reason }
    case 'clear':
      return { type: 'clearance_changed', clearance: o.clearance, reason: o.reason }
    case 'limit':
      return decideLimit(o, around)
    case 'reset':
      return { type: 'password_reset', reason: o.reason }
    case 'disable':
      return decideDisable(account, o, around)
    case 'enable':
      return account.disabled ? { type: 'account_enabled', reason: o.reason } : refuse('not-now', 'people/not-disabled')
  }
}

function decideLimit(o: Extract<AccountAct, { act: 'limit' }>, around: Around): AccountEvent | Refusal {
  const { validFrom, validTo, reason } = o
  if (validFrom && validTo && validTo < validFrom) return refuse('invalid', 'people/window-inverted')
  if (around.lastAdministrator && (validTo || (validFrom && validFrom > around.today)))
    return refuse('not-now', 'people/last-administrator')
  return { type: 'validity_changed', reason, ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}) }
}

function decideDisable(account: AccountState, { reason }: { reason: string }, around: Around): AccountEvent | Refusal {
  if (account.disabled) return refuse('not-now', 'people/disabled-already', { day: account.disabled })
  if (around.lastAdministrator) return refuse('not-now', 'people/last-administrator')
  return { type: 'account_disabled', day: around.today, reason }
}

/** 离任: after every post was handed over or left; the account opens nothing any more and stays for the trail. */
export function decideLeave(account: AccountState, o: { reason: string; posts: number }, around: Around): AccountEvent | Refusal {
  if (around.own) return refuse('never', 'people/own-account')
  if (account.left) return refuse('not-now', 'people/has-left', { day: account.left })
  if (around.lastAdministrator) return refuse('not-now', 'people/last-administrator')
  if (o.posts > 0) return refuse('invalid', 'people/posts-open', { n: o.posts })
  return { type: 'account_left', day: around.today, reason: o.reason }
}

/** Whether an account may be used on a day. */
export function isOpen(account: Pick<AccountState, 'disabled' | 'validFrom' | 'validTo'>, day: Day): boolean {
  if (account.disabled) return false
  return (!account.validFrom || account.validFrom <= day) && (!account.validTo || day <= account.validTo)
}
