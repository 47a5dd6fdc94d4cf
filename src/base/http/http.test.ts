import { describe, expect, it } from 'vitest'
import { TooManyHashes } from '../auth/password.ts'
import { redact } from '../log.ts'
import { defineProblems, problemJson, say } from '../problem.ts'
import { contentHash, readKey } from './idempotency.ts'
import { readVersion } from './input.ts'
import { outageOf } from './outage.ts'
import { cleanName } from './upload.ts'

describe('problems', () => {
  const problem = defineProblems('test', { late: { status: 409, zh: '已晚 {days} 天：请说明', en: '{days} days late: explain' } })
  it('leave as RFC 9457 in the language of the reader', () => {
    const p = problem('late', { days: 3 })
    expect(problemJson(p, 'zh', 'urn:x')).toEqual({
      type: 'urn:qinba:problem:test/late',
      title: '已晚 3 天',
      status: 409,
      detail: '已晚 3 天：请说明',
      code: 'test/late',
      params: { days: 3 },
      instance: 'urn:x',
    })
    expect(say(p.text, p.params, 'en')).toBe('3 days late: explain')
  })
})

describe('headers', () => {
  it.each([
    ['"7"', 7],
    ['W/"7"', 7],
    ['7', 7],
  ])('If-Match %s is version %i', (text, version) => expect(readVersion(text)).toBe(version))
  it.each(['', undefined, '*', '"a"', '-1', '"7", "8"'])('If-Match %s is refused', (text) =>
    expect(() => readVersion(text)).toThrow(),
  )
  it.each(['', undefined, 'a b', '键', 'x'.repeat(201)])('Idempotency-Key %s is refused', (text) =>
    expect(() => readKey(text)).toThrow(),
  )
  it('the content of a request has one hash', () => {
    expect(contentHash('s', [{ a: 1 }])).toEqual(contentHash('s', [{ a: 1 }]))
    expect(contentHash('s', [{ a: 1 }])).not.toEqual(contentHash('s', [{ a: 2 }]))
  })
})

describe('names and logs', () => {
  it.each([
    ['..\\..\\照片 1.jpg', '照片 1.jpg'],
    ['a/b/c.png', 'c.png'],
    ['safe\u202Egpj.exe', 'safegpj.exe'],
    ['\0', 'file'],
    [undefined, 'file'],
    [`${'😀'.repeat(130)}a`, `${'😀'.repeat(119)}a`],
    ['a\ud800.jpg', 'a\ufffd.jpg'],
  ])('the file name %j is shown as %j', (raw, shown) => expect(cleanName(raw)).toBe(shown))

  it('a log keeps no telephone, identity card, address or id', () => {
    expect(redact('王某 13812345678 612301199001011234 a.b@c.cn 00000000-0000-4000-8000-000000000000')).toBe(
      '王某 [phone] [id] [mail] [uuid]',
    )
  })
})

describe('an outage', () => {
  it.each(['57P01', '53300', '40P01', '40001', '57014', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'])(
    'of the database (%s) may be tried again',
    (code) => {
      const p = outageOf(Object.assign(new Error('x'), { code }))
      expect([p?.status, p?.code, Number(p?.headers['retry-after']) > 0]).toEqual([503, 'base/unavailable', true])
    },
  )

  it.each([{ code: '53100' }, { code: 'ENOSPC' }, { code: 'EDQUOT' }])('for want of room (%o) is a 507 that says so', (e) => {
    const p = outageOf(Object.assign(new Error('No space left on device'), e))
    expect([p?.status, p?.code, Number(p?.headers['retry-after']) > 0]).toEqual([507, 'base/no-room', true])
  })

  it('of the embedded engine, whose socket has gone with it, may be tried again', () => {
    const gone = Object.assign(new Error('connect ENOENT'), { code: 'ENOENT', syscall: 'connect' })
    expect(outageOf(gone)?.status).toBe(503)
    expect(outageOf(Object.assign(new Error('no file'), { code: 'ENOENT', syscall: 'open' }))).toBeUndefined()
    expect(outageOf(new Error('the database engine has ended'))?.status).toBe(503)
  })

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated due to connection timeout',
    'timeout expired',
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
  ])('of the pool (%s) may be tried again', (message) => expect(outageOf(new Error(message))?.status).toBe(503))

  it('of the password check asks for a little patience', () => {
    const p = outageOf(new TooManyHashes('x'))
    expect([p?.status, p?.code, p?.headers['retry-after']]).toEqual([429, 'base/too-many', '5'])
  })

  it.each([new Error('x'), Object.assign(new Error('x'), { code: '23505' }), undefined, 'text'])('is not every error', (e) =>
    expect(outageOf(e)).toBeUndefined(),
  )
})
