import type { Language } from '../problem.ts'
import { MOST, USUAL } from './asked.ts'
import type { Collection } from './collection.ts'
import { schemaOf, TITLE } from './documents.ts'
import { GEOJSON, HTML, JSON_TYPE } from './links.ts'
import { SYSTEMS } from './rules/crs.ts'

/** The interface as OpenAPI 3.0, with a path for each collection that this visitor may read. */
export function openApi(collections: readonly Collection[], { root, language }: { root: string; language: Language }): object {
  return {
    openapi: '3.0.3',
    info: { title: TITLE[language], version: '1.0.0' },
    servers: [{ url: root }],
    paths: {
      '/': { get: operation('landing', [F], JSON_TYPE) },
      '/conformance': { get: operation('conformance', [F], JSON_TYPE) },
      '/collections': { get: operation('collections', [F], JSON_TYPE) },
      ...Object.assign({}, ...collections.map((c) => pathsOf(c, language))),
    },
    components: {
      parameters: { f: F, limit: LIMIT, bbox: BBOX, datetime: DATETIME },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{}, { session: [] }, { token: [] }],
  }
}

const text = (name: string, more: object = {}) => ({ name, in: 'query', required: false, schema: { type: 'string', ...more } })
const uris = SYSTEMS.map((crs) => crs.uri)
const F = text('f', { enum: ['json', 'html'] })
const LIMIT = {
  ...{ name: 'limit', in: 'query', required: false, style: 'form', explode: false },
  schema: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL },
}
const BBOX = {
  ...{ name: 'bbox', in: 'query', required: false, style: 'form', explode: false },
  schema: { type: 'array', oneOf: [4, 6].map((n) => ({ minItems: n, maxItems: n })), items: { type: 'number' } },
}
const DATETIME = { ...text('datetime'), style: 'form', explode: false }
const CRS = text('crs', { format: 'uri', enum: uris })
const FILTERS = [
  text('filter'),
  text('filter-lang', { enum: ['cql2-text'], default: 'cql2-text' }),
  text('filter-crs', { format: 'uri', enum: uris }),
]

function pathsOf(c: Collection, language: Language): object {
  const path = `/collections/${encodeURIComponent(c.id)}`
  const own = c.queryables
    .filter((q) => q.kind !== 'geometry')
    .map((q) => ({ name: q.name, in: 'query', required: false, description: q.title[language], schema: schemaOf(q, c) }))
  const boxCrs = text('bbox-crs', { format: 'uri', enum: uris })
  const id = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }
  const name = c.id.replaceAll(/\W/g, '_')
  return {
    [path]: { get: operation(`describe_${name}`, [F], JSON_TYPE) },
    [`${path}/queryables`]: { get: operation(`queryables_${name}`, [F], 'application/schema+json') },
    [`${path}/items`]: {
      get: operation(`items_${name}`, [F, LIMIT, BBOX, boxCrs, CRS, DATETIME, ...FILTERS, text('after'), ...own], GEOJSON),
    },
    [`${path}/items/{featureId}`]: { get: operation(`item_${name}`, [F, CRS, id], GEOJSON) },
  }
}

function operation(operationId: string, parameters: object[], type: string): object {
  const content = { [type]: { schema: { type: 'object' } }, [HTML]: { schema: { type: 'string' } } }
  const problem = { 'application/problem+json': { schema: { type: 'object' } } }
  return {
    operationId,
    parameters,
    responses: { 200: { description: 'OK', content }, default: { description: 'Problem', content: problem } },
  }
}
