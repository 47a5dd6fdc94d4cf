import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type House, type Principal, standing, within } from '../ctx.ts'
import { type Db, type Scope, widen } from '../db.ts'
import { baseProblem } from '../problem.ts'
import { openSealer } from '../seal.ts'
import { type Bounds, refuseBeyond } from './bounds.ts'
import { type Answered, claimKey, contentHash, keepAnswer, readKey } from './idempotency.ts'
import { languageOf, parsed, readVersion, refuseUnkeepable } from './input.ts'
import { type AnyRoute, type Input, isRaw, type RawReply, type Upload } from './route.ts'
import { receive } from './upload.ts'

/** Who a request comes from: the actor, what row-level security may show it, and the token that its writes must carry. */
export interface Visitor<A extends Principal> {
  actor: A
  scope: Scope
  csrf?: string
  /** What the way they came in by does not open, whatever their posts say. */
  bounds?: Bounds
}

/** What main wires in: how a request is recognised and what a permission means. Base knows no roles. */
export interface Gate<A extends Principal> {
  recognise(db: Db, request: FastifyRequest): Promise<Visitor<A> | undefined>
  stranger: Visitor<A>
  can(actor: A, permission: string): boolean
  /** Told of every request that was let in, in its transaction, before the use case runs. */
  saw?(db: Db, visitor: Visitor<A>, request: FastifyRequest, route: AnyRoute): Promise<void>
}

// `{y}.mvt` in a path is a parameter with an ending; without a pattern the ending would belong to its name.
const urlOf = (path: string) => path.replace(/\{(\w+)\}(\.?)/g, (_, name, dot) => (dot ? `:${name}(^[^/.]+).` : `:${name}`))

/** Mounts a route table. The order of checks is: known (401), permitted (403), token (403), key (400), content (400/422), then the use case. */
export function mount<A extends Principal>(app: FastifyInstance, house: House, gate: Gate<A>, routes: AnyRoute[]): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: urlOf(route.path),
      schema: describe(route),
      handler: (request, reply) => handle({ house, gate, route, request, reply }),
    })
  }
}

function describe(route: AnyRoute): object {
  const { params, query, body, reply, summary, permission, multipart } = route
  return {
    summary: `${summary.zh} · ${summary.en}`,
    tags: [route.path.split('/')[2] ?? 'other'],
    description: `permission: ${permission}`,
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body && !multipart ? { body } : {}),
    ...(multipart ? { consumes: ['multipart/form-data'] } : {}),
    ...(reply ? { response: { [route.status ?? 200]: reply } } : {}),
  }
}

interface Call<A extends Principal> {
  house: House
  gate: Gate<A>
  route: AnyRoute
  request: FastifyRequest
  reply: FastifyReply
}

async function handle<A extends Principal>(call: Call<A>): Promise<FastifyReply> {
  const write = call.route.method !== 'GET'
  const { disk } = call.house.guard
  if (write) disk.admitWrite({ files: call.route.multipart !== undefined })
  const uploads = call.route.multipart ? await receiveUploads(call) : undefined
  const outcome = call.route.apart
    ? await apart(call)
    : await call.house.database.begin(call.house.tenant, async (db) => {
        const visitor = await admit(call, db)
        return write
          ? once(call, db, { visitor, uploads })
          : { raw: await use(call, db, visitor, readInput(call, visitor)), status: call.route.status ?? 200 }
      })
  if (write) await call.house.database.barrier()
  if (write) disk.wrote()
  return send(call, outcome)
}

// The visitor is checked in a short transaction; what follows opens its own, one after another.
async function apart<A extends Principal>(call: Call<A>): Promise<Outcome> {
  const { house, request, route } = call
  const visitor = await house.database.begin(house.tenant, (db) => admit(call, db))
  const key = readKey(request.headers['idempotency-key'])
  refuseUnkeepable(request.body, 'body')
  const result = await route.run(standing(house, visitor.actor, visitor.scope), { ...readInput(call, visitor), key })
  return { status: route.status ?? 200, raw: route.reply ? route.reply.parse(result) : result }
}

interface Uploads {
  fields: Record<string, string>
  files: Upload[]
  prepared: unknown
}

// A file is received before the transaction opens, so the visitor is checked first in a short one: nobody unknown fills the disk.
async function receiveUploads<A extends Principal>(call: Call<A>): Promise<Uploads> {
  await call.house.database.begin(call.house.tenant, (db) => admit(call, db))
  readKey(call.request.headers['idempotency-key'])
  const received = await receive(call.request, call.house.blobs, call.route.multipart!)
  return { ...received, prepared: await call.route.prepare?.(call.house.blobs, received.files) }
}

async function admit<A extends Principal>({ gate, route, request }: Call<A>, db: Db): Promise<Visitor<A>> {
  if (route.permission === 'public') {
    await widen(db, gate.stranger.scope)
    return gate.stranger
  }
  const visitor = (await gate.recognise(db, request)) ?? (route.permission === 'anyone' ? gate.stranger : undefined)
  if (!visitor) throw baseProblem('not-signed-in')
  refuseBeyond(visitor.bounds, route)
  if (!['signed-in', 'anyone'].includes(route.permission) && !gate.can(visitor.actor, route.permission))
    throw baseProblem('role-never', { permission: route.permission })
  if (route.method !== 'GET' && visitor.csrf !== undefined && request.headers['x-csrf-token'] !== visitor.csrf)
    throw baseProblem('csrf')
  await widen(db, visitor.scope)
  await gate.saw?.(db, visitor, request, route)
  return visitor
}

type Outcome = { status: number; raw: unknown; replayed?: boolean }

async function once<A extends Principal>(
  call: Call<A>,
  db: Db,
  { visitor, uploads }: { visitor: Visitor<A>; uploads: Uploads | undefined },
): Promise<Outcome> {
  const { request, route } = call
  const key = readKey(request.headers['idempotency-key'])
  const version = route.ifMatch ? readVersion(request.headers['if-match']) : 0
  refuseUnkeepable(uploads ? [uploads.fields, uploads.files.map((f) => f.field)] : request.body, 'body') // or it has no hash
  const content = uploads ? [uploads.fields, uploads.files.map((f) => [f.field, f.sha256])] : [request.body ?? null]
  const earlier = await claimKey(
    db,
    visitor.actor.account,
    key,
    contentHash(call.house.secret, [route.method, request.url, version, ...content]),
  )
  if (earlier) return { status: earlier.status, raw: unsealed(call, earlier.reply), replayed: true }
  const input = readInput(call, visitor, uploads)
  const status = route.status ?? 200
  const answer: Answered = { status, reply: await use(call, db, visitor, { ...input, version, key }) }
  await keepAnswer(db, visitor.actor.account, key, route.tellsSecret ? sealed(call, answer) : answer)
  return { status, raw: answer.reply }
}

const sealed = <A extends Principal>({ house }: Call<A>, { status, reply }: Answered): Answered => ({
  status,
  reply: { sealed: house.seal(reply as object).toString('base64') },
})

function unsealed<A extends Principal>({ house, route }: Call<A>, reply: unknown): unknown {
  if (!route.tellsSecret) return reply
  return openSealer(house.secret, 'international').open(Buffer.from((reply as { sealed: string }).sealed, 'base64'))
}

function readInput<A extends Principal>(
  { route, request, gate }: Call<A>,
  visitor: Visitor<A>,
  uploads?: Uploads,
): Input<unknown, unknown, unknown> {
  return {
    params: route.params ? parsed(route.params, request.params, 'path') : {},
    query: route.query ? parsed(route.query, request.query, 'query') : {},
    body: route.body ? parsed(route.body, uploads ? uploads.fields : request.body, 'body') : undefined,
    version: 0,
    key: '',
    files: uploads?.files ?? [],
    prepared: uploads?.prepared,
    language: languageOf(request),
    range: request.headers.range,
    accept: request.headers.accept,
    origin: `${request.protocol}://${request.host}`,
    url: request.url,
    may: (permission) =>
      permission === 'public' ||
      (visitor !== gate.stranger && (permission === 'signed-in' || gate.can(visitor.actor, permission))),
  }
}

async function use<A extends Principal>(
  call: Call<A>,
  db: Db,
  visitor: Visitor<A>,
  input: Input<unknown, unknown, unknown>,
): Promise<unknown> {
  const result = await call.route.run(within(call.house, visitor.actor, visitor.scope, db), input)
  return call.route.reply ? call.route.reply.parse(result) : result
}

function send<A extends Principal>({ reply, request, route }: Call<A>, outcome: Outcome): FastifyReply {
  reply.header('cache-control', 'no-store')
  if (outcome.replayed) reply.header('idempotency-replayed', 'true')
  const { raw } = outcome
  if (!route.reply && isRaw(raw)) return sendRaw(reply, raw)
  const version = typeof raw === 'object' && raw !== null && 'version' in raw ? raw.version : undefined
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  if (typeof version === 'number' && route.method === 'GET' && holds(request.headers['if-none-match'], version)) {
    return reply.code(304).send()
  }
  request.log.trace('answered')
  return reply
    .code(outcome.status)
    .type('application/json; charset=utf-8')
    .send(raw ?? {})
}

// The tag is the version: 304 says that nothing happened to the thing, which is all that a page asks that looks every few seconds.
function holds(tags: string | undefined, version: number): boolean {
  return tags?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${version}"`) ?? false
}

function sendRaw(reply: FastifyReply, raw: RawReply): FastifyReply {
  for (const [name, value] of Object.entries(raw.headers ?? {})) reply.header(name, value)
  return reply
    .code(raw.status ?? 200)
    .type(raw.type)
    .send(raw.body)
}
