import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { House } from '../base/ctx.ts'
import { parsed } from '../base/http/input.ts'
import type { Gate, Visitor } from '../base/http/router.ts'
import { baseProblem } from '../base/problem.ts'
import type { Actor } from './rules/actor.ts'
import { can, permissionsOf } from './rules/permissions.ts'
import { COOKIE, recognise, signIn, signOut } from './session.ts'

export interface SessionOptions {
  secret: string
  /** Cookies carry `Secure` except in demo mode, which listens on loopback without TLS. */
  secure: boolean
  demo: boolean
  cityName: string
}

const Credentials = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) })
const Me = z.object({
  account: z.uuid(),
  name: z.string(),
  tenant: z.number(),
  cityName: z.string(),
  demo: z.boolean(),
  csrfToken: z.string(),
  permissions: z.array(z.string()),
  holdings: z.array(z.record(z.string(), z.unknown())),
})

/** Who asks: the session cookie. A stranger sees what is public. */
export function gateOf(house: House, o: SessionOptions): Gate<Actor> {
  return {
    recognise: async (db, request) => {
      const token = request.cookies[COOKIE]
      const touch = !house.guard.disk.isFull()
      return token ? recognise(db, { token, secret: o.secret, now: house.clock(), touch }) : undefined
    },
    stranger: {
      actor: { tenant: house.tenant, account: 'public', name: '公众', clearance: 0, holdings: [] },
      scope: { tenant: house.tenant, areas: ['public'], orgs: [], clearance: -1 },
    },
    can,
  }
}

/** Signing in, who am I, signing out. Signing in is the one write without an idempotency key. */
export function mountSession(app: FastifyInstance, house: House, gate: Gate<Actor>, o: SessionOptions): void {
  const describe = (zh: string, en: string, more: object = {}) => ({
    schema: { summary: `${zh} · ${en}`, tags: ['session'], ...more } as object,
  })
  app.post(
    '/api/session',
    describe('登录', 'Sign in', { description: 'permission: public', body: Credentials, response: { 201: Me } }),
    async (request, reply) => {
      refuseForeignOrigin(request)
      const { username, password } = parsed(Credentials, request.body, 'body')
      const before = request.cookies[COOKIE]
      const from = { secret: o.secret, address: request.ip, before }
      const { token, csrfToken, visitor } = await signIn(house, { ...from, username, password })
      setCookie(reply, o, token)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(me(visitor, o, csrfToken))
    },
  )
  app.get(
    '/api/session',
    describe('我是谁', 'Who am I', { description: 'permission: signed-in', response: { 200: Me } }),
    async (request, reply) => {
      const visitor = await house.database.begin(house.tenant, (db) => gate.recognise(db, request))
      if (!visitor) throw baseProblem('not-signed-in')
      return reply.header('cache-control', 'no-store').send(me(visitor, o, visitor.csrf ?? ''))
    },
  )
  app.delete('/api/session', describe('退出', 'Sign out', { description: 'permission: signed-in' }), async (request, reply) => {
    const token = request.cookies[COOKIE]
    await house.database.begin(house.tenant, async (db) => {
      const visitor = await gate.recognise(db, request)
      if (!visitor || !token) throw baseProblem('not-signed-in')
      if (request.headers['x-csrf-token'] !== visitor.csrf) throw baseProblem('csrf')
      await signOut(db, token)
    })
    await house.database.barrier()
    return reply.clearCookie(COOKIE, { path: '/' }).header('clear-site-data', '"cache", "storage"').code(204).send()
  })
}

// A page of another site must not sign a visitor in as somebody else.
function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw baseProblem('csrf')
}

function setCookie(reply: FastifyReply, o: SessionOptions, token: string): void {
  reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: o.secure })
}

function me({ actor }: Visitor<Actor>, o: SessionOptions, csrfToken: string) {
  const { account, name, tenant, holdings } = actor
  return { account, name, tenant, cityName: o.cityName, demo: o.demo, csrfToken, permissions: permissionsOf(actor), holdings }
}
