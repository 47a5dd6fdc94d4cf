import type { Day } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Permission } from './permissions.ts'

/**
 * What a machine may be allowed on behalf of a person. A closed list on purpose: a permission that is added to the product is no
 * machine's until somebody writes it here, and administration and audit never are.
 */
export const SCOPES = [
  'case.read',
  'case.report',
  'case.move',
  'case.evidence',
  'case.import',
  'directory.read',
  'rule.read',
  'layer.manage',
] as const satisfies readonly Permission[]
export type Scope = (typeof SCOPES)[number]

/** A token of a machine client as the journal knows it; the secret itself is shown once and kept as a hash. */
export type TokenState = {
  version: number
  account: string
  name: string
  scopes: readonly string[]
  readOnly: boolean
  expires?: Day
  revoked?: true
}

export type TokenEvent =
  | { type: 'token_made'; account: string; name: string; scopes: readonly string[]; readOnly: boolean; expires?: Day }
  | { type: 'token_revoked'; reason: string }

/** The next state of a token; total, needs no law. */
export function evolveToken(before: TokenState | undefined, event: TokenEvent): TokenState {
  if (event.type === 'token_made') {
    const { type: _, ...made } = event
    return { version: 1, ...made }
  }
  if (!before) throw new Error(`${event.type} before token_made`)
  return { ...before, version: before.version + 1, revoked: true }
}

/** What the city's rule says of tokens: how long one may live and how often it may ask in a minute. */
export type TokenRule = { longestDays: number; perMinute: number; mostEach: number }

/** A new token: for scopes that its person has, for a time that has not passed and is not too long. */
export function decideToken(
  o: { account: string; name: string; scopes: readonly Scope[]; readOnly: boolean; expires?: Day | undefined },
  around: { today: Day; latest: Day; held: readonly string[]; live: number; rule: TokenRule },
): TokenEvent | Refusal {
  const beyond = o.scopes.find((scope) => !around.held.includes(scope))
  if (beyond) return refuse('invalid', 'people/scope-beyond', { scope: beyond })
  const expires = o.expires ?? around.latest
  if (expires < around.today || expires > around.latest)
    return refuse('invalid', 'people/expiry', { from: around.today, to: around.latest })
  if (around.live >= around.rule.mostEach) return refuse('not-now', 'people/too-many-tokens', { n: around.rule.mostEach })
  return { type: 'token_made', account: o.account, name: o.name, scopes: [...o.scopes], readOnly: o.readOnly, expires }
}
