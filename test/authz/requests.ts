import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { PbfReader } from 'pbf'
import { unitOf } from '../../src/cases/map/rules/tile.ts'
import { multipart } from '../photos.ts'
import type { Planted } from './scene.ts'

/** How a route is asked about a case (or about nothing in particular), and whether an answer of 200 shows that case. */
export interface Question {
  ask(c: Planted): InjectOptions
  shows?(answer: LightMyRequestResponse, c: Planted): boolean
}

const NO_ID = '00000000-0000-4000-8000-000000000000'
const DAY = '2026-03-26'

const get = (url: string | ((c: Planted) => string), shows?: Question['shows']): Question => ({
  ask: (c) => ({ method: 'GET', url: typeof url === 'string' ? url : url(c) }),
  ...(shows ? { shows } : {}),
})

function write(
  method: 'POST' | 'DELETE',
  url: string | ((c: Planted) => string),
  o: { payload?: object; version?: number } = {},
): Question {
  return {
    ask: (c) => ({
      method,
      url: typeof url === 'string' ? url : url(c),
      headers: { 'idempotency-key': crypto.randomUUID(), ...(o.version === undefined ? {} : { 'if-match': `"${o.version}"` }) },
      ...(o.payload ? { payload: o.payload } : {}),
    }),
  }
}

function form(url: string | ((c: Planted) => string), file?: { name: string; content: Buffer }): Question {
  const body = multipart(file ? { kind: 'other', measure: 'none' } : {}, file) // of a measure that no plan has
  return {
    ask: (c) => ({
      method: 'POST',
      url: typeof url === 'string' ? url : url(c),
      payload: body.payload,
      headers: { ...body.headers, 'idempotency-key': crypto.randomUUID() },
    }),
  }
}

const listed = (answer: LightMyRequestResponse, c: Planted) =>
  answer.json<{ items: { id: string }[] }>().items.some((i) => i.id === c.id)
const said = (answer: LightMyRequestResponse, c: Planted) => answer.body.includes(c.title)
const linked = (answer: LightMyRequestResponse, c: Planted) => answer.body.includes(c.id)
const worked = (answer: LightMyRequestResponse, c: Planted) => answer.body.includes(c.id)

/** The features of a tile by layer. */
export function featuresOf(answer: LightMyRequestResponse, layer: string): Record<string, unknown>[] {
  const found = new VectorTile(new PbfReader(gunzipSync(answer.rawPayload))).layers[layer]
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found!.feature(i).properties)
}

/** The tile of a depth that holds a place. */
export function tileAt(at: { lng: number; lat: number }, z: number): string {
  const unit = unitOf(at)
  return `/tiles/cases/${z}/${Math.floor(unit.x * 2 ** z)}/${Math.floor(unit.y * 2 ** z)}.mvt`
}

const drawn = (answer: LightMyRequestResponse, c: Planted) => featuresOf(answer, 'cases').some((f) => f['id'] === c.id)

// The batch is the case's own: a row for it is the case.
const counted = (answer: LightMyRequestResponse, c: Planted) =>
  answer.json<{ rows: { key: string | null }[] }>().rows.some((row) => row.key === c.batch)

const around = ({ lng, lat }: Planted['at']) => [lng - 1e-4, lat - 1e-4, lng + 1e-4, lat + 1e-4].join(',')

/** One question for each route, by its name. */
export const QUESTIONS: Record<string, Question> = {
  'POST /api/session': { ask: () => ({ method: 'POST', url: '/api/session', payload: {} }) },
  'GET /api/session': get('/api/session'),
  'DELETE /api/session': { ask: () => ({ method: 'DELETE', url: '/api/session', headers: { 'x-csrf-token': 'not the token' } }) },
  'GET /api/areas': get('/api/areas'),
  'GET /api/places/county': get('/api/places/county?lng=107.03&lat=33.07'),
  'GET /api/places/boundaries': get('/api/places/boundaries'),
  'GET /api/places/lookup': get('/api/places/lookup?lng=107.03&lat=33.07'),
  'POST /api/places/lookup': write('POST', '/api/places/lookup', { payload: {} }),
  'GET /tiles/style.json': get('/tiles/style.json'),
  'GET /tiles/base/{file}': get('/tiles/base/none.pmtiles'),
  'GET /api/layers': get('/api/layers'),
  'POST /api/layers': form('/api/layers'),
  'GET /api/layers/{id}/report': get(`/api/layers/${NO_ID}/report`),
  'DELETE /api/layers/{id}': write('DELETE', `/api/layers/${NO_ID}`),
  'GET /tiles/layers/{id}/{z}/{x}/{y}.mvt': get(`/tiles/layers/${NO_ID}/8/203/102.mvt`),
  'GET /tiles/terrain.json': get('/tiles/terrain.json'),
  'GET /tiles/terrain/{z}/{x}/{y}.png': get('/tiles/terrain/8/203/102.png'),
  'GET /api/organisations': get('/api/organisations'),
  'POST /api/organisations': write('POST', '/api/organisations', { payload: {} }),
  'GET /api/posts': get('/api/posts'),
  'POST /api/posts': write('POST', '/api/posts', { payload: {} }),
  'POST /api/posts/{id}/holders': write('POST', `/api/posts/${NO_ID}/holders`, { payload: {} }),
  'POST /api/posts/{id}/hand-over': write('POST', `/api/posts/${NO_ID}/hand-over`, { payload: {}, version: 1 }),
  'GET /api/duties': get('/api/duties'),
  'POST /api/duties': write('POST', '/api/duties', { payload: {} }),
  'POST /api/duties/{id}/lift': write('POST', `/api/duties/${NO_ID}/lift`, { payload: {} }),
  'GET /api/accounts': get('/api/accounts'),
  'POST /api/accounts': write('POST', '/api/accounts', { payload: {} }),
  'GET /api/rules': get('/api/rules?kind=path'),
  'POST /api/cases': write('POST', '/api/cases', { payload: {} }),
  'GET /tiles/cases.json': get('/tiles/cases.json'),
  'GET /api/work': get('/api/work', worked),
  'GET /api/cases': get(
    (c) => `/api/cases?q=${encodeURIComponent(c.title)}`,
    (answer, c) => listed(answer, c) || answer.json().total > 0,
  ),
  'GET /tiles/cases/{z}/{x}/{y}.mvt': get((c) => tileAt(c.at, 20), drawn),
  'GET /api/board': get('/api/board?by=batch', counted),
  'GET /api/board/months': get((c) => `/api/board/months?region=${c.county}`), // a sum: held in the matrix of numbers
  'GET /api/cases/as-of/{day}': get(`/api/cases/as-of/${DAY}?limit=200`, listed),
  'GET /api/cases/as-of/{day}/file': get(`/api/cases/as-of/${DAY}/file?format=csv`, said),
  // exports, calendar, OGC API
  'GET /api/cases/export.{format}': get((c) => `/api/cases/export.geojson?q=${encodeURIComponent(c.title)}`, linked),
  'GET /api/cases/due.ics': get('/api/cases/due.ics'),
  'GET /ogc': get('/ogc'),
  'GET /ogc/conformance': get('/ogc/conformance'),
  'GET /ogc/api': get('/ogc/api'),
  'GET /ogc/collections': get('/ogc/collections'),
  'GET /ogc/collections/{collectionId}': get('/ogc/collections/cases'),
  'GET /ogc/collections/{collectionId}/queryables': get('/ogc/collections/cases/queryables'),
  'GET /ogc/collections/{collectionId}/items': get((c) => `/ogc/collections/cases/items?bbox=${around(c.at)}&limit=1000`, linked),
  'GET /ogc/collections/{collectionId}/items/{featureId}': get((c) => `/ogc/collections/cases/items/${c.id}`),
  'GET /api/cases/{id}': get((c) => `/api/cases/${c.id}`),
  'GET /api/cases/{id}/events': get((c) => `/api/cases/${c.id}/events`),
  'GET /api/cases/{id}/evidence/{evidence}': get((c) => `/api/cases/${c.id}/evidence/${c.evidence}`),
  'GET /api/cases/{id}/evidence/{evidence}/thumb': get((c) => `/api/cases/${c.id}/evidence/${c.evidence}/thumb`),
  'POST /api/cases/{id}/moves': write('POST', (c) => `/api/cases/${c.id}/moves`, {
    payload: { move: 'progress', text: '已清运' },
    version: 999,
  }),
  'POST /api/cases/{id}/evidence': form((c) => `/api/cases/${c.id}/evidence`, {
    name: 'a.pdf',
    content: Buffer.from('%PDF-1.4\n%%EOF\n'),
  }),
  'GET /public/notices': get('/public/notices', linked),
  'GET /public/notices/{id}': get((c) => `/public/notices/${c.id}`),
  'GET /api/public/notices': get('/api/public/notices', listed),
  'POST /api/public/notices/{id}/objections': write('POST', (c) => `/api/public/notices/${c.id}/objections`, {
    payload: { name: '甲', contact: '13900000000', text: '现场并未清完' },
  }),
}
