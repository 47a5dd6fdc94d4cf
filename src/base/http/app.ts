import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Log } from '../log.ts'
import { baseProblem, Problem, problemJson } from '../problem.ts'
import { languageOf } from './input.ts'

export interface AppOptions {
  log: Log
  /** Turns a database error (a constraint's name) into a Problem of the context that owns it. */
  translate(e: unknown): unknown
  /** Hosts of map tiles that the operator has allowed; nobody else is ever asked by a page. */
  tileHosts?: readonly string[]
}

/** The HTTP server without routes: security headers, multipart, OpenAPI, and the one place that turns errors into answers. */
export async function buildApp(o: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: o.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // a request line would carry an address
    bodyLimit: 1_000_000,
    genReqId: () => randomUUID(),
    forceCloseConnections: true, // a browser that stays connected does not keep the server from stopping
    trustProxy: 'loopback',
    requestTimeout: 300_000, // a photo over a village's network takes minutes, a request never more
    connectionTimeout: 120_000, // of silence
    // A path that does not decode never reaches a route, nor the error handler.
    frameworkErrors: (e, request, reply) => void answerError(o, { e, request, reply }),
  })
  app.setValidatorCompiler(() => (value) => ({ value })) // the router parses, after it has checked who asks
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler((e, request, reply) => answerError(o, { e, request, reply }))
  app.setNotFoundHandler((request, reply) => answer(reply, request, baseProblem('not-found', { what: request.method })))
  await app.register(helmet, headersWith(o.tileHosts ?? []))
  await app.register(cookie)
  await app.register(multipart)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '秦巴卫士 Qinba Guardian', version: '0.1.0' } },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { url: '/openapi.json' } })
  app.get('/openapi.json', { schema: { hide: true } as object }, async () => app.swagger())
  return app
}

const headersWith = (tileHosts: readonly string[]) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"], // antd writes its styles at run time
      'img-src': ["'self'", 'data:', 'blob:', ...tileHosts],
      ...(tileHosts.length > 0 && { 'connect-src': ["'self'", ...tileHosts] }), // the map fetches its tiles
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
      'form-action': ["'self'"],
    },
  },
  hsts: false, // the gateway that holds the certificate says so
  referrerPolicy: { policy: 'no-referrer' as const },
  crossOriginResourcePolicy: { policy: 'same-origin' as const },
})

function answerError(
  o: AppOptions,
  { e, request, reply }: { e: unknown; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const known = asProblem(o.translate(e))
  if (known) return answer(reply, request, known)
  o.log.error({ err: e, req: request, id: request.id }, 'bug')
  return answer(reply, request, baseProblem('bug', { id: request.id }))
}

function asProblem(e: unknown): Problem | undefined {
  if (e instanceof Problem) return e
  if (!(e instanceof Error) || !('statusCode' in e) || typeof e.statusCode !== 'number') return undefined
  if (e.statusCode === 413) return baseProblem('too-large', { limit: '1 MB' })
  if (e.statusCode === 415) return baseProblem('media-type', { found: '', expected: 'application/json' })
  if (e.statusCode >= 400 && e.statusCode < 500) return baseProblem('malformed', { where: 'body', found: e.message })
  return undefined
}

function answer(reply: FastifyReply, request: FastifyRequest, p: Problem): FastifyReply {
  for (const [name, value] of Object.entries(p.headers)) reply.header(name, value)
  const body = problemJson(p, languageOf(request), `urn:uuid:${request.id}`)
  return reply
    .code(p.status)
    .type('application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}
