import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { multipart } from '../photos.ts'
import { hostileText, hostileValue, type Ids, near, type Schema, valid } from './fuzz-values.ts'

/** One operation of the interface's own description. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  parameters: { name: string; in: string; schema: Schema; required?: boolean }[]
  body?: Schema
  isForm: boolean
  /** The schema of a reply by its status. */
  replies: Record<string, Schema>
}

type Described = {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Operation['parameters']
        requestBody?: { content: Record<string, { schema?: Schema }> }
        responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>
      }
    >
  >
}

/** What `/openapi.json` says that can be asked. Signing in and out would end the sessions that the requests are sent with. */
export function operationsOf(document: unknown, forms: readonly string[]): Operation[] {
  return Object.entries((document as Described).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => !(path === '/api/session' && method === 'delete'))
      .map(([method, o]) => {
        const name = `${method.toUpperCase()} ${path}`
        const body = o.requestBody?.content['application/json']?.schema
        const replies = Object.entries(o.responses ?? {}).flatMap(([status, r]) => {
          const schema = r.content?.['application/json']?.schema
          return schema ? [[status, schema] as const] : []
        })
        return {
          method: method.toUpperCase() as Operation['method'],
          path,
          parameters: o.parameters ?? [],
          ...(body ? { body } : {}),
          isForm: forms.includes(name),
          replies: Object.fromEntries(replies),
        }
      }),
  )
}

const HEADERS: Record<string, fc.Arbitrary<string>> = {
  'if-match': fc.oneof(fc.constantFrom('"1"', '"2"', 'W/"3"', '*', '"x"', '"999999999999"', ''), hostileHeader()),
  'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('k', 'k'.repeat(201), ''), hostileHeader()),
  range: fc.constantFrom('bytes=0-', 'bytes=5-1', 'bytes=-0', 'bytes=0-99999999999999999999', 'bytes=a-b', 'bytes=0-1,2-3', 'x'),
  'accept-language': fc.constantFrom('en', 'zh', 'x'.repeat(900)),
  'content-type': fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=qinba-test-boundary',
    'application/x-www-form-urlencoded',
    '/',
  ),
  cookie: fc.constantFrom('qinba_session=', 'qinba_session=%00', 'qinba_session=a; qinba_session=b', '=;=;='),
}

// What a socket lets through as a header: no control characters.
function hostileHeader(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)), maxLength: 60 })
}

/** A request to an operation: mostly as described, often wrong in one place, sometimes hostile throughout. */
export function requestTo(o: Operation, ids: Ids): fc.Arbitrary<InjectOptions> {
  return fc
    .record({
      values: fc.tuple(...o.parameters.map((p) => parameterOf(p, ids))),
      body: fc.oneof(
        { weight: 5, arbitrary: valid(o.body ?? {}, ids) },
        { weight: 4, arbitrary: near(o.body ?? {}, ids) },
        { weight: 1, arbitrary: hostileValue },
      ),
      form: formOf(o),
      raw: seldom(25, fc.constantFrom('{', '[1,', '"\\ud800"', '\u0000', '{"a":1e999}', '{"__proto__":{"x":1}}')),
      headers: fc.record({ 'if-match': fc.constantFrom('"1"', '"2"', '"5"'), 'idempotency-key': fc.uuid() }),
      odd: seldom(
        6,
        fc.constantFrom(...Object.keys(HEADERS)).chain((name) => HEADERS[name]!.map((value) => [name, value] as const)),
      ),
    })
    .map(({ values, body, form, raw, headers, odd }) => {
      const url = urlOf(o, values)
      const writes = o.method !== 'GET'
      const sent = o.isForm ? form : { payload: raw ?? JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const all = { ...(writes ? { ...headers, ...sent.headers } : {}), ...(odd ? { [odd[0]]: odd[1] } : {}) }
      const hasBody = writes && (o.isForm || o.body !== undefined)
      return {
        method: o.method,
        url,
        headers: hasBody ? all : without(all, 'content-type'),
        ...(hasBody ? { payload: sent.payload as string } : {}),
      }
    })
}

/** Once in so many times a value, else none. */
const seldom = <T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))

type Value = string | undefined

function parameterOf({ schema, in: place, name, required }: Operation['parameters'][number], ids: Ids): fc.Arbitrary<Value> {
  const good: fc.Arbitrary<unknown> = name === 'id' || name === 'evidence' ? fc.constantFrom(...ids) : valid(schema, ids)
  const value = fc.oneof({ weight: 6, arbitrary: good.map(String) }, { weight: 3, arbitrary: hostileText })
  const sent =
    name === 'z' || name === 'x' || name === 'y' ? fc.oneof({ weight: 5, arbitrary: fc.nat(24).map(String) }, value) : value
  return place === 'query' && !required ? seldom(3, sent) : sent
}

function urlOf(o: Operation, values: readonly Value[]): string {
  const query = new URLSearchParams()
  let path = o.path
  o.parameters.forEach((p, i) => {
    const value = values[i]
    if (p.in === 'path') path = path.replace(`{${p.name}}`, encodeURIComponent((value ?? '').toWellFormed()))
    else if (p.in === 'query' && value !== undefined) query.append(p.name, value.toWellFormed())
  })
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

type Form = { payload: Buffer; headers: Record<string, string> }

const FIELDS = [
  'kind',
  'name',
  'crs',
  'lng',
  'lat',
  'takenAt',
  'attestation',
  'measure',
  'docNo',
  'date',
  'layer',
  'source',
  '__proto__',
]
const CONTENTS = [
  '',
  '%PDF-1.4\n',
  '{"type":"FeatureCollection","features":[]}',
  '{"type":"Fea',
  '\u0000\u0001',
  'PK\u0003\u0004',
  'GIF89a',
  '<svg/>',
]

// A form as it should be, with odd values; one in eight is cut short or spoilt between its parts.
function formOf(o: Operation): fc.Arbitrary<Form> {
  if (!o.isForm) return fc.constant({ payload: Buffer.alloc(0), headers: {} })
  const text = hostileText.map((t) => t.toWellFormed())
  const known = fc.record({
    kind: fc.constantFrom('before', 'document', 'other', 'ecological_redline', 'elevation'),
    name: fc.constantFrom('层', '红线'),
  })
  const odd = fc.dictionary(fc.constantFrom(...FIELDS), text, { maxKeys: 4 })
  const file = fc.option(
    fc.record({
      name: text.filter((t) => !/["\r\n]/.test(t)),
      content: fc.constantFrom(...CONTENTS).map((c) => Buffer.from(c, 'latin1')),
    }),
  )
  return fc.tuple(known, odd, file, fc.nat(7), fc.nat()).map(([fields, more, upload, spoilt, at]) => {
    const form = multipart({ ...fields, ...more }, upload ?? undefined)
    return spoilt === 0 ? { ...form, payload: form.payload.subarray(0, at % form.payload.length) } : form
  })
}
