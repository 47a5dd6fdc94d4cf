import type { FastifyRequest } from 'fastify'
import { LIMIT, prefixOf } from '../base/auth/throttle.ts'
import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import type { Gate, Visitor } from '../base/http/router.ts'
import { baseProblem } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { ruleAt } from '../base/rules/law.ts'
import { problem } from './problems.ts'
import { openRate, type Rate } from './rate.ts'
import type { Actor } from './rules/actor.ts'
import { can } from './rules/permissions.ts'
import { scopeOf } from './rules/scope.ts'
import type { TokenRule } from './rules/tokens.ts'
import { COOKIE, recognise } from './session.ts'
import { findByToken } from './store.ts'
import { insertAccess } from './store-access.ts'
import { touchToken } from './store-tokens.ts'
import { hashOfToken } from './tokens.ts'

/** The people's gate; `refused` are requests whose token opened nothing, for the record that is written when their transaction is over. */
export interface PeopleGate extends Gate<Actor> {
  refused: WeakSet<FastifyRequest>
}

/** Who asks: whoever bears a token, whatever cookie comes with it; else the session cookie. A stranger sees what is public. */
export function gateOf(house: House, o: { secret: string }): PeopleGate {
  const refused = new WeakSet<FastifyRequest>()
  const rates = { token: openRate(60_000), wrong: openRate(LIMIT.minutes * 60_000) }
  return {
    refused,
    recognise: async (db, request) => {
      const bearer = bearerOf(request)
      if (bearer !== undefined) return machine(db, { house, rates, refused, request, bearer })
      const token = request.cookies[COOKIE]
      const touch = !house.guard.disk.isFull()
      return token ? recognise(db, { token, secret: o.secret, now: house.clock(), touch }) : undefined
    },
    stranger: {
      actor: { tenant: house.tenant, account: 'public', name: '公众', clearance: 0, holdings: [] },
      scope: { tenant: house.tenant, areas: ['public'], orgs: [], clearance: -1 },
    },
    can,
    saw: (db, visitor, request, route) => noteRead(db, house, { visitor, request, permission: route.permission }),
  }
}

/** The token of a request that bears one; a header of another kind counts as none that is known. */
function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined) return undefined
  return /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header)?.[1] ?? ''
}

interface Asking {
  house: House
  rates: { token: Rate; wrong: Rate }
  refused: WeakSet<FastifyRequest>
  request: FastifyRequest
  bearer: string
}

async function machine(db: Db, { house, rates, refused, request, bearer }: Asking): Promise<Visitor<Actor> | undefined> {
  const now = house.clock()
  const day = dayOf(now.toISOString() as Instant)
  const source = prefixOf(request.ip)
  refuseFull(rates.wrong.isFull(source, { most: LIMIT.source, now }))
  const found = await findByToken(db, { tokenHash: hashOfToken(bearer), day })
  if (!found) {
    rates.wrong.count(source, { most: LIMIT.source, now })
    refused.add(request)
    return undefined
  }
  const { value: rule } = ruleAt<TokenRule>(house.law().rules, 'token', 'limits', day)
  const wait = rates.token.count(found.token, { most: rule.perMinute, now })
  if (wait !== undefined) throw problem('token-too-often', {}, { 'retry-after': String(wait) })
  if (!house.guard.disk.isFull()) await noteUse(db, { found, now, source })
  const actor = { ...found.actor, only: found.scopes }
  const bounds = {
    token: found.tokenReads ? ('reads' as const) : ('writes' as const),
    ...(found.readOnly ? { readOnly: true as const } : {}),
    ...(found.mustChange ? { mustChange: true as const } : {}),
  }
  return { actor, scope: scopeOf(actor, found.areas), bounds }
}

function refuseFull(wait: number | undefined): void {
  if (wait !== undefined) throw baseProblem('too-many', { seconds: wait }, { 'retry-after': String(wait) })
}

const MINUTE_MS = 60_000
/** A token that is used all day leaves a line on the record every so often, not with every request. */
const NOTED_EVERY_MS = 15 * MINUTE_MS

async function noteUse(
  db: Db,
  { found, now, source }: { found: NonNullable<Awaited<ReturnType<typeof findByToken>>>; now: Date; source: string },
): Promise<void> {
  const before = found.seenAt?.getTime() ?? 0
  if (now.getTime() - before < MINUTE_MS) return
  await touchToken(db, { id: found.token, now })
  if (Math.floor(before / NOTED_EVERY_MS) === Math.floor(now.getTime() / NOTED_EVERY_MS)) return
  await insertAccess(db, { at: now, kind: 'token_used', account: found.actor.account, token: found.token, source })
}

// Whoever inspects reads on record: every request of a read-only account for what takes a permission.
async function noteRead(
  db: Db,
  house: House,
  o: { visitor: Visitor<Actor>; request: FastifyRequest; permission: string },
): Promise<void> {
  if (!o.visitor.bounds?.readOnly || o.permission === 'signed-in') return
  house.guard.disk.admitWrite({ files: false }) // what cannot be put on record is not shown
  await insertAccess(db, {
    ...{ at: house.clock(), kind: 'read', account: o.visitor.actor.account },
    ...{ source: prefixOf(o.request.ip), what: decoded(o.request.url) },
  })
}

function decoded(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}
