import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { gaugeWaiting } from '../blobs/gauge.ts'
import type { House } from '../ctx.ts'
import { concernsOf } from '../guard/concerns.ts'
import { openGauges } from '../guard/gauges.ts'
import type { Keeper } from '../journal/keeper.ts'
import { baseProblem } from '../problem.ts'

export interface HealthOptions {
  keeper?: Keeper | undefined
  /** With it /metrics answers whoever knows it, without it this machine only. */
  metricsToken: string | undefined
}

/**
 * /healthz: the process lives. /readyz: 200 while it can answer readers, also when it must not write (a balancer that took it out would
 * take reading away as well, and the other servers stand on the same disk); `writable` and `concerns` say what is wrong. /metrics.
 */
export function mountHealth(app: FastifyInstance, house: House, { keeper, metricsToken }: HealthOptions): void {
  const gauges = openGauges(house.guard, () => keeper?.health())
  gaugeWaiting(gauges, house.blobs)
  const hide = { schema: { hide: true } as object }
  app.get('/healthz', hide, async () => ({ ok: true }))
  app.get('/readyz', hide, async (_request, reply) => {
    const ok = await house.database.begin(house.tenant, async () => true).catch(() => false)
    const concerns = concernsOf(house.guard, keeper?.health())
    const writable = ok && !house.guard.disk.isReadOnly()
    return reply.code(ok ? 200 : 503).send({ ok, database: house.database.kind, writable, concerns })
  })
  app.get('/metrics', hide, async (request, reply) => {
    admitMeter(request, metricsToken)
    return reply.type(gauges.contentType).send(await gauges.metrics())
  })
}

/** Throws unless the visitor bears the token or, where there is none, sits on this machine. */
export function admitMeter(request: Pick<FastifyRequest, 'ip' | 'headers'>, token: string | undefined): void {
  if (token === undefined) {
    if (!isLoopback(request.ip)) throw baseProblem('metrics-closed')
    return
  }
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (!timingSafeEqual(digest(given), digest(token))) throw baseProblem('metrics-token', {}, { 'www-authenticate': 'Bearer' })
}

const isLoopback = (ip: string) => ip === '::1' || /^(::ffff:)?127\./.test(ip)
const digest = (text: string) => createHash('sha256').update(text).digest()
