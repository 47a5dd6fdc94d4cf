import { z } from 'zod'
import type { Ctx, Principal } from '../ctx.ts'
import { type AnyRoute, type Input, type RawReply, routeOf } from '../http/route.ts'
import { baseProblem } from '../problem.ts'
import { crsOf, readAsked, refuseUnknown } from './asked.ts'
import type { Collection, Collections, Feature } from './collection.ts'
import { CONFORMS_TO, describe, landing, queryables } from './documents.ts'
import { htmlPage, table } from './html.ts'
import { GEOJSON, HTML, JSON_TYPE, type Link, OPENAPI, rootOf, SCHEMA, selfLinks, withParameter } from './links.ts'
import { openApi } from './openapi.ts'
import { CRS84, geometryIn } from './rules/crs.ts'

type Given = Record<string, string>
type Seen = Input<{ collectionId?: string; featureId?: string }, Given, undefined>

// A parameter is given once; which there are depends on the collection.
const Query = z.looseObject({}).pipe(z.record(z.string(), z.string().max(9000)))
const Id = z.string().min(1).max(100)

/** OGC API – Features over collections: each visitor meets those that it has the permission for. */
export function ogcRoutes<A extends Principal>(sources: readonly Collections<A>[]): AnyRoute[] {
  const route = routeOf<A>()
  const get = (o: {
    path: string
    zh: string
    en: string
    params?: z.ZodType
    run(ctx: Ctx<A>, input: Seen): Promise<RawReply>
  }) =>
    route({
      method: 'GET',
      path: `/ogc${o.path}`,
      permission: 'anyone',
      summary: { zh: `OGC API：${o.zh}`, en: `OGC API: ${o.en}` },
      ...(o.params && { params: o.params }),
      query: Query,
      run: (ctx, input) => o.run(ctx, input as unknown as Seen),
    })
  const One = z.object({ collectionId: Id })
  return [
    get({ path: '', zh: '入口', en: 'the landing page', run: async (_, input) => showLanding(input) }),
    get({ path: '/conformance', zh: '遵循的标准', en: 'what it conforms to', run: async (_, input) => showConformance(input) }),
    get({ path: '/api', zh: '接口说明', en: 'OpenAPI 3.0', run: (ctx, input) => showApi(ctx, input, sources) }),
    get({ path: '/collections', zh: '数据集', en: 'the collections', run: (ctx, input) => showCollections(ctx, input, sources) }),
    get({
      ...{ path: '/collections/{collectionId}', zh: '一个数据集', en: 'one collection', params: One },
      run: async (ctx, input) => showCollection(ctx, input, await found(ctx, input, sources)),
    }),
    get({
      ...{ path: '/collections/{collectionId}/queryables', zh: '可查询的属性', en: 'what may be asked', params: One },
      run: async (ctx, input) => showQueryables(input, await found(ctx, input, sources)),
    }),
    get({
      ...{ path: '/collections/{collectionId}/items', zh: '要素', en: 'features', params: One },
      run: async (ctx, input) => showItems(ctx, input, await found(ctx, input, sources)),
    }),
    get({
      path: '/collections/{collectionId}/items/{featureId}',
      ...{ zh: '一个要素', en: 'one feature', params: z.object({ collectionId: Id, featureId: Id }) },
      run: async (ctx, input) => showItem(ctx, input, await found(ctx, input, sources)),
    }),
  ]
}

async function listed<A extends Principal>(
  ctx: Ctx<A>,
  { may }: Seen,
  sources: readonly Collections<A>[],
): Promise<Collection<A>[]> {
  const all: Collection<A>[] = []
  for (const source of sources) if (may(source.permission)) all.push(...(await source.list(ctx)))
  return all
}

// Who is not signed in is asked to; who never may is told so; what nobody has is not there.
async function found<A extends Principal>(ctx: Ctx<A>, input: Seen, sources: readonly Collections<A>[]): Promise<Collection<A>> {
  const id = input.params.collectionId!
  const source = sources.find((s) => s.has(id))
  if (source && !input.may(source.permission))
    throw input.may('signed-in') ? baseProblem('role-never', { permission: source.permission }) : baseProblem('not-signed-in')
  const collection = source && (await source.list(ctx)).find((c) => c.id === id)
  if (!collection) throw baseProblem('not-found', { what: id })
  return collection
}

interface Shown {
  title: string
  type: string
  document: object
  links: readonly Link[]
  html(): string
  headers?: Record<string, string>
}

/** A document in the form that was asked for: `f`, or what the client would rather have. */
function shown(input: Seen, o: Shown): RawReply {
  const { title, document, links } = o
  const self = selfLinks(`${input.origin}${input.url}`, { type: o.type, isHtml: isHtml(input) })
  if (!isHtml(input))
    return { type: o.type, body: jsonOf({ ...document, links: [...self, ...links] }), headers: { ...o.headers } }
  const page = htmlPage({
    title,
    language: input.language,
    root: rootOf(input.origin),
    body: o.html(),
    links: [...self, ...links],
  })
  return { type: `${HTML}; charset=utf-8`, body: page }
}

// As bytes: to text the framework would add a character set that these types have no parameter for, and clients compare them whole.
const jsonOf = (document: object) => Buffer.from(JSON.stringify(document))

function isHtml({ query, accept = '' }: Seen): boolean {
  const { f } = query
  if (f !== undefined && f !== 'json' && f !== 'html')
    throw baseProblem('malformed', { where: 'query.f', found: `${f}; json, html` })
  return f === 'html' || (f === undefined && /^[^,]*text\/html/.test(accept))
}

function showLanding(input: Seen): RawReply {
  refuseUnknown(input.query, ['f'])
  const { links, ...document } = landing(rootOf(input.origin), input.language)
  return shown(input, { title: document.title, type: JSON_TYPE, document, links, html: () => `<p>${document.description}</p>` })
}

function showConformance(input: Seen): RawReply {
  refuseUnknown(input.query, ['f'])
  const rows = CONFORMS_TO.map((uri) => [uri])
  const document = { conformsTo: CONFORMS_TO }
  return shown(input, { title: 'Conformance', type: JSON_TYPE, document, links: [], html: () => table(['URI'], rows) })
}

async function showApi<A extends Principal>(ctx: Ctx<A>, input: Seen, sources: readonly Collections<A>[]): Promise<RawReply> {
  refuseUnknown(input.query, ['f'])
  const o = { root: rootOf(input.origin), language: input.language }
  const document = openApi(await listed(ctx, input, sources), o) as { paths: object }
  if (!isHtml(input)) return { type: OPENAPI, body: jsonOf(document) }
  const rows = Object.keys(document.paths).map((path) => [path])
  return shown(input, { title: 'OpenAPI 3.0', type: OPENAPI, document, links: [], html: () => table(['path'], rows) })
}

async function showCollections<A extends Principal>(ctx: Ctx<A>, input: Seen, sources: readonly Collections<A>[]) {
  refuseUnknown(input.query, ['f'])
  const all = await listed(ctx, input, sources)
  const o = { root: rootOf(input.origin), language: input.language }
  const collections = []
  for (const c of all) collections.push(describe(c, { ...o, box: await c.extent?.(ctx) }))
  const rows = collections.map((c) => [
    { href: `${o.root}/collections/${encodeURIComponent(c.id)}?f=html`, text: c.title },
    c.description,
  ])
  const title = input.language === 'zh' ? '数据集' : 'Collections'
  return shown(input, { title, type: JSON_TYPE, document: { collections }, links: [], html: () => table([title, ''], rows) })
}

async function showCollection<A extends Principal>(ctx: Ctx<A>, input: Seen, collection: Collection<A>): Promise<RawReply> {
  refuseUnknown(input.query, ['f'])
  const box = await collection.extent?.(ctx)
  const { links, ...document } = describe(collection, { root: rootOf(input.origin), language: input.language, box })
  const rows = collection.queryables.map((q) => [q.name, q.title[input.language], q.kind])
  const html = () => `<p>${document.description}</p>${table(['', '', ''], rows)}`
  return shown(input, { title: document.title, type: JSON_TYPE, document, links, html })
}

function showQueryables(input: Seen, collection: Collection): RawReply {
  refuseUnknown(input.query, ['f'])
  const document = queryables(collection, { root: rootOf(input.origin), language: input.language })
  const rows = collection.queryables.map((q) => [q.name, q.title[input.language], q.kind, (q.words ?? []).join(' ')])
  if (!isHtml(input)) return { type: SCHEMA, body: jsonOf(document) }
  return shown(input, { title: document.title, type: SCHEMA, document, links: [], html: () => table(['', '', '', ''], rows) })
}

async function showItems<A extends Principal>(ctx: Ctx<A>, input: Seen, collection: Collection<A>): Promise<RawReply> {
  const { crs, ...asked } = readAsked(collection, input.query)
  const { features, next, matched } = await collection.page(ctx, asked)
  const own = `${rootOf(input.origin)}/collections/${encodeURIComponent(collection.id)}`
  const links: Link[] = [
    { href: own, rel: 'collection', type: JSON_TYPE },
    ...(next === null
      ? []
      : [{ href: withParameter(`${input.origin}${input.url}`, 'after', next), rel: 'next', type: GEOJSON, title: 'next' }]),
  ]
  const document = {
    type: 'FeatureCollection',
    timeStamp: ctx.now.toISOString(),
    ...(matched !== undefined && { numberMatched: matched }),
    numberReturned: features.length,
    features: features.map((f) => featureIn(f, crs)),
  }
  const html = () => itemsTable(features, own)
  const headers = { 'content-crs': `<${crs.uri}>` }
  return shown(input, { title: collection.title[input.language], type: GEOJSON, document, links, html, headers })
}

function itemsTable(features: readonly Feature[], own: string): string {
  const names = [...new Set(features.flatMap((f) => Object.keys(f.properties)))]
  const rows = features.map((f) => [
    { href: `${own}/items/${encodeURIComponent(f.id)}?f=html`, text: String(f.id) },
    ...names.map((name) => f.properties[name]),
  ])
  return table(['id', ...names], rows)
}

async function showItem<A extends Principal>(ctx: Ctx<A>, input: Seen, collection: Collection<A>): Promise<RawReply> {
  refuseUnknown(input.query, ['f', 'crs'])
  const crs = crsOf(input.query['crs'], 'crs')
  const feature = await collection.find(ctx, input.params.featureId!)
  if (!feature) throw baseProblem('not-found', { what: input.params.featureId! })
  const own = `${rootOf(input.origin)}/collections/${encodeURIComponent(collection.id)}`
  const html = () => table(['', ''], [...Object.entries(feature.properties), ['geometry', feature.geometry]])
  const links: Link[] = [{ href: own, rel: 'collection', type: JSON_TYPE }]
  const headers = { 'content-crs': `<${crs.uri}>` }
  return shown(input, { title: String(feature.id), type: GEOJSON, document: featureIn(feature, crs), links, html, headers })
}

function featureIn({ id, geometry, properties }: Feature, crs: ReturnType<typeof crsOf>): object {
  return { type: 'Feature', id, geometry: crs.uri === CRS84 ? geometry : geometryIn(geometry, crs), properties }
}
