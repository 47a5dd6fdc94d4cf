import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { House } from '../base/ctx.ts'
import { parsed } from '../base/http/input.ts'
import type { Visitor } from '../base/http/router.ts'
import { baseProblem } from '../base/problem.ts'
import type { PeopleGate } from './gate.ts'
import { changePassword } from './own-password.ts'
import type { Actor } from './rules/actor.ts'
import { type Permission, permissionsOf } from './rules/permissions.ts'
import { COOKIE, signIn, signOut } from './session.ts'
import { note } from './store-access.ts'

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
  readOnly: z.boolean(),
  mustChange: z.boolean(),
})

const NewPassword = z.object({ old: z.string().min(1).max(200), password: z.string().min(1).max(200) })

/** Signing in, who am I, another password, signing out: of a person, never of a token. None of these takes an idempotency key. */
export function mountSession(app: FastifyInstance, house: House, gate: PeopleGate, o: SessionOptions): void {
  noteRefusedTokens(app, house, gate)
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
      refuseToken(visitor)
      return reply.header('cache-control', 'no-store').send(me(visitor, o, visitor.csrf ?? ''))
    },
  )
  app.delete('/api/session', describe('退出', 'Sign out', { description: 'permission: signed-in' }), async (request, reply) => {
    const token = request.cookies[COOKIE]
    await house.database.begin(house.tenant, async (db) => {
      const visitor = await gate.recognise(db, request)
      admitPerson(visitor, request)
      if (token) await signOut(db, token)
      await note(db, house, { kind: 'signed_out', account: visitor.actor.account, address: request.ip })
    })
    await house.database.barrier()
    return reply.clearCookie(COOKIE, { path: '/' }).header('clear-site-data', '"cache", "storage"').code(204).send()
  })
  app.post(
    '/api/session/password',
    describe('修改本人密码', 'Change my password', { description: 'permission: signed-in', body: NewPassword }),
    async (request, reply) => {
      const visitor = await house.database.begin(house.tenant, (db) => gate.recognise(db, request))
      admitPerson(visitor, request)
      const { old, password: wanted } = parsed(NewPassword, request.body, 'body')
      const token = request.cookies[COOKIE] ?? ''
      await changePassword(house, { secret: o.secret, visitor, token, old, wanted, address: request.ip })
      return reply.header('cache-control', 'no-store').code(204).send()
    },
  )
}

function refuseToken(visitor: Visitor<Actor>): void {
  if (visitor.bounds?.token) throw baseProblem('token-never')
}

function admitPerson(visitor: Visitor<Actor> | undefined, request: FastifyRequest): asserts visitor is Visitor<Actor> {
  if (!visitor) throw baseProblem('not-signed-in')
  refuseToken(visitor)
  if (request.headers['x-csrf-token'] !== visitor.csrf) throw baseProblem('csrf')
}

// The transaction of a request that is turned away is undone, and so would its line on the record be: it is written after it.
function noteRefusedTokens(app: FastifyInstance, house: House, gate: PeopleGate): void {
  app.addHook('onSend', async (request) => {
    if (!gate.refused.delete(request) || house.guard.disk.isReadOnly()) return
    await house.database.begin(house.tenant, (db) => note(db, house, { kind: 'token_refused', address: request.ip }))
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

// The screen of an account that only reads shows nothing that writes.
function usable(actor: Actor, readOnly: boolean): Permission[] {
  return permissionsOf(actor).filter((permission) => !readOnly || permission.endsWith('.read'))
}

function me({ actor, bounds }: Visitor<Actor>, o: SessionOptions, csrfToken: string) {
  const { account, name, tenant, holdings } = actor
  const { cityName, demo } = o
  const [readOnly, mustChange] = [bounds?.readOnly ?? false, bounds?.mustChange ?? false]
  return {
    account,
    name,
    tenant,
    cityName,
    demo,
    csrfToken,
    permissions: usable(actor, readOnly),
    holdings,
    readOnly,
    mustChange,
  }
}
