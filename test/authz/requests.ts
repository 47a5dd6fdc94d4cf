import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { PbfReader } from 'pbf'
import { unitOf } from '../../src/cases/map/rules/tile.ts'
import { multipart } from '../photos.ts'
import { zipText } from '../zip-text.ts'
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
  method: 'POST' | 'PUT' | 'DELETE',
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

// What a case of the scene waits with.
const WAITS_WITH: Record<string, string> = { reported: 'triage', rectifying: 'progress', publicising: 'file' }
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
  // administration: accounts, tokens, audit
  'POST /api/session/password': {
    ask: () => ({ method: 'POST', url: '/api/session/password', payload: {}, headers: { 'x-csrf-token': 'not the token' } }),
  },
  'POST /api/organisations/{id}/rename': write('POST', `/api/organisations/${NO_ID}/rename`, { payload: {}, version: 1 }),
  'POST /api/organisations/{id}/close': write('POST', `/api/organisations/${NO_ID}/close`, { payload: {}, version: 1 }),
  'POST /api/posts/{id}/leave': write('POST', `/api/posts/${NO_ID}/leave`, { payload: {}, version: 1 }),
  'POST /api/posts/{id}/close': write('POST', `/api/posts/${NO_ID}/close`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/rename': write('POST', `/api/accounts/${NO_ID}/rename`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/clearance': write('POST', `/api/accounts/${NO_ID}/clearance`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/validity': write('POST', `/api/accounts/${NO_ID}/validity`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/reset': write('POST', `/api/accounts/${NO_ID}/reset`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/disable': write('POST', `/api/accounts/${NO_ID}/disable`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/enable': write('POST', `/api/accounts/${NO_ID}/enable`, { payload: {}, version: 1 }),
  'POST /api/accounts/{id}/leave': write('POST', `/api/accounts/${NO_ID}/leave`, { payload: {}, version: 1 }),
  'GET /api/posts/{id}/holders': get(`/api/posts/${NO_ID}/holders`),
  'GET /api/accounts/{id}/leaving': get(`/api/accounts/${NO_ID}/leaving`),
  'GET /api/accounts/{id}/waiting': get(`/api/accounts/${NO_ID}/waiting`),
  'POST /api/inspection-teams': write('POST', '/api/inspection-teams', { payload: {} }),
  'GET /api/tokens': get('/api/tokens'),
  'POST /api/tokens': write('POST', '/api/tokens', { payload: {} }),
  'POST /api/tokens/{id}/revoke': write('POST', `/api/tokens/${NO_ID}/revoke`, { payload: {} }),
  'GET /api/audit/events': get('/api/audit/events'),
  'GET /api/audit/events/file': get('/api/audit/events/file'),
  'GET /api/audit/access': get('/api/audit/access'),
  'GET /api/audit/access/file': get('/api/audit/access/file'),
  'GET /api/audit/proof': get('/api/audit/proof'),
  'GET /api/rules': get('/api/rules?kind=path'),
  'GET /api/rule-changes': get('/api/rule-changes'),
  'POST /api/rule-changes': write('POST', '/api/rule-changes', { payload: {} }),
  'POST /api/rule-changes/{id}/decision': write('POST', `/api/rule-changes/${NO_ID}/decision`, { payload: {}, version: 1 }),
  'POST /api/rule-changes/{id}/withdraw': write('POST', `/api/rule-changes/${NO_ID}/withdraw`, { payload: {}, version: 1 }),
  'GET /api/supervision/{id}/letter.{format}': get(`/api/supervision/${NO_ID}/letter.pdf`),
  'GET /api/numbers/bulletin/{month}/file.{format}': get('/api/numbers/bulletin/2026-02/file.pdf'),
  'GET /api/inbox': get('/api/inbox'),
  'POST /api/inbox/read': write('POST', '/api/inbox/read', { payload: {} }),
  'POST /api/inbox/{id}/read': write('POST', `/api/inbox/${NO_ID}/read`, { payload: {} }),
  'GET /api/contacts': get('/api/contacts'),
  'PUT /api/contacts/{channel}': write('PUT', '/api/contacts/mail', { payload: {} }),
  'DELETE /api/contacts/{channel}': write('DELETE', '/api/contacts/mail'),
  'GET /api/targets': get('/api/targets'),
  'POST /api/targets': write('POST', '/api/targets', { payload: {} }),
  'POST /api/targets/{id}/stop': write('POST', `/api/targets/${NO_ID}/stop`, { payload: {}, version: 1 }),
  'POST /api/targets/{id}/resume': write('POST', `/api/targets/${NO_ID}/resume`, { payload: {}, version: 1 }),
  'GET /api/targets/{id}/deliveries': get(`/api/targets/${NO_ID}/deliveries`),
  'POST /api/targets/{id}/deliveries/{delivery}/again': write('POST', `/api/targets/${NO_ID}/deliveries/${NO_ID}/again`, {
    payload: {},
  }),
  'GET /api/templates': get('/api/templates'),
  'GET /api/templates/{kind}': get('/api/templates/assignment'),
  'POST /api/templates/{kind}': write('POST', '/api/templates/assignment', { payload: {}, version: 0 }),
  'POST /api/templates/{kind}/confirm': write('POST', '/api/templates/assignment/confirm', { version: 999 }),
  'POST /api/templates/{kind}/default': write('POST', '/api/templates/assignment/default', { version: 999 }),
  'GET /api/templates/{kind}/preview.{format}': get('/api/templates/reminder/preview.xlsx'),
  'GET /api/cases/{id}/letters': get((c) => `/api/cases/${c.id}/letters`),
  'GET /api/cases/{id}/letters/{kind}.{format}': get((c) => `/api/cases/${c.id}/letters/assignment.xlsx`),
  'POST /api/cases/{id}/letters': write('POST', (c) => `/api/cases/${c.id}/letters`, { payload: { kind: 'assignment' } }),
  'GET /api/cases/{id}/letters/issued/{letter}.{format}': get((c) => `/api/cases/${c.id}/letters/issued/${NO_ID}.pdf`),
  'GET /api/cases/lists/{kind}.{format}': get(
    (c) => `/api/cases/lists/problem_list.xlsx?batch=${encodeURIComponent(c.batch)}`,
    (answer, c) => zipText(answer.rawPayload).includes(c.no),
  ),
  'POST /api/cases': write('POST', '/api/cases', { payload: {} }),
  'GET /tiles/cases.json': get('/tiles/cases.json'),
  'GET /api/work': get('/api/work?limit=50', worked),
  'GET /api/work/{group}': get((c) => `/api/work/${WAITS_WITH[c.state]}?limit=100`, worked),
  'GET /api/search': get((c) => `/api/search?q=${encodeURIComponent(c.no)}`, worked),
  'GET /api/cases': get(
    (c) => `/api/cases?q=${encodeURIComponent(c.title)}`,
    (answer, c) => listed(answer, c) || answer.json().total > 0,
  ),
  'GET /tiles/cases/{z}/{x}/{y}.mvt': get((c) => tileAt(c.at, 20), drawn),
  'GET /api/board': get('/api/board?by=batch', counted),
  'GET /api/board/months': get((c) => `/api/board/months?region=${c.county}`), // a sum: held in the matrix of numbers
  'GET /api/numbers': get('/api/numbers?by=batch', counted),
  'GET /api/numbers/stages': get((c) => `/api/numbers/stages?batch=${encodeURIComponent(c.batch)}`), // a sum: held in the matrix of numbers
  'GET /api/numbers/stages/{stage}': get('/api/numbers/stages/reported?by=batch'),
  'GET /api/numbers/cross': get('/api/numbers/cross?by=batch', counted),
  'GET /api/numbers/file': get('/api/numbers/file?by=batch&format=csv', (answer, c) => answer.body.includes(c.batch)),
  'GET /api/numbers/bulletin/{month}': get('/api/numbers/bulletin/2026-02'), // sums: held in the matrix of numbers
  'GET /api/hotspots': get(
    (c) => `/api/hotspots?runs=99&batch=${encodeURIComponent(c.batch)}`,
    (answer) => {
      const { total, unplaced } = answer.json<{ total: number; unplaced: number }>()
      return total + unplaced > 0
    },
  ),
  'GET /api/hotspots/file': get('/api/hotspots/file?runs=99'),
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
  'GET /api/cases/{id}/archive.zip': get((c) => `/api/cases/${c.id}/archive.zip`),
  'GET /api/cases/{id}/events': get((c) => `/api/cases/${c.id}/events`),
  'GET /api/cases/{id}/related': get((c) => `/api/cases/${c.id}/related`),
  'GET /api/cases/{id}/next': get((c) => `/api/cases/${c.id}/next`),
  'GET /api/cases/{id}/colours': get((c) => `/api/cases/${c.id}/colours`),
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
  'GET /api/supervision': get((c) => `/api/supervision?case=${c.id}`),
  'GET /api/supervision/work': get('/api/supervision/work'),
  'GET /api/supervision/wall': get('/api/supervision/wall'),
  'GET /api/supervision/scores': get('/api/supervision/scores'),
  'GET /api/supervision/scores/cases': get(`/api/supervision/scores/cases?month=${DAY.slice(0, 7)}`),
  'GET /api/supervision/scores/file': get(`/api/supervision/scores/file?month=${DAY.slice(0, 7)}`),
  'POST /api/supervision': write('POST', '/api/supervision', { payload: {} }),
  'POST /api/supervision/by-rule': write('POST', '/api/supervision/by-rule', { payload: {} }),
  'POST /api/supervision/bulk': write('POST', '/api/supervision/bulk', { payload: {} }),
  'GET /api/supervision/{id}': get(`/api/supervision/${NO_ID}`),
  'GET /api/supervision/{id}/events': get(`/api/supervision/${NO_ID}/events`),
  'POST /api/supervision/{id}/moves': write('POST', `/api/supervision/${NO_ID}/moves`, {
    payload: { move: 'review' },
    version: 1,
  }),
  'POST /api/supervision/{id}/answer': {
    ask: () => {
      const body = multipart({ text: '已整改' })
      const headers = { ...body.headers, 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' }
      return { method: 'POST', url: `/api/supervision/${NO_ID}/answer`, payload: body.payload, headers }
    },
  },
  'GET /api/supervision/{id}/files/{file}': get(`/api/supervision/${NO_ID}/files/${NO_ID}`),
  // The list as a tool.
  'POST /api/cases/{id}/undo': write('POST', (c) => `/api/cases/${c.id}/undo`, { payload: {}, version: 999 }),
  'POST /api/cases/bulk': {
    ask: (c) => ({
      method: 'POST',
      url: '/api/cases/bulk',
      headers: { 'idempotency-key': crypto.randomUUID() },
      payload: { act: { move: 'remind', text: '请抓紧' }, filter: { batch: c.batch }, dryRun: true },
    }),
    shows: linked,
  },
  'GET /api/views': get('/api/views'),
  'POST /api/views': write('POST', '/api/views', { payload: {} }),
  'PUT /api/views/{id}': write('PUT', `/api/views/${NO_ID}`, { payload: {}, version: 1 }),
  'DELETE /api/views/{id}': write('DELETE', `/api/views/${NO_ID}`, { version: 1 }),
  'GET /api/meetings': get('/api/meetings'),
  'POST /api/meetings': write('POST', '/api/meetings', { payload: {} }),
  'GET /api/meetings/{id}': get(`/api/meetings/${NO_ID}`),
  'PUT /api/meetings/{id}': write('PUT', `/api/meetings/${NO_ID}`, { payload: {}, version: 1 }),
  'POST /api/meetings/{id}/close': write('POST', `/api/meetings/${NO_ID}/close`, { payload: {}, version: 1 }),
  'GET /public/notices': get('/public/notices', linked),
  'GET /public/notices/{id}': get((c) => `/public/notices/${c.id}`),
  'GET /api/public/notices': get('/api/public/notices', listed),
  'POST /api/public/notices/{id}/objections': write('POST', (c) => `/api/public/notices/${c.id}/objections`, {
    payload: { name: '甲', contact: '13900000000', text: '现场并未清完' },
  }),
}
