import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startS3, type TestS3 } from '../../../test/s3.ts'
import type { BlobStore } from '../blobs.ts'
import { openLog } from '../log.ts'
import { openBucket } from './bucket.ts'
import { gaugeWaiting } from './gauge.ts'
import { openS3Blobs, type S3Options } from './s3.ts'

const QUICK = { everyMs: 20, patienceMs: 400, keepMs: 0, againMs: 50, answerMs: 1500, pauseMs: 50 }
const log = openLog('silent')
let s3: TestS3
let spoolDir: string
const opened: BlobStore[] = []

beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.close())
beforeEach(() => {
  spoolDir = mkdtempSync(join(tmpdir(), 'qinba-spool-'))
})
afterEach(async () => {
  s3.line.set('none')
  for (const blobs of opened.splice(0)) await blobs.close()
  rmSync(spoolDir, { recursive: true, force: true })
})

async function open(o: Partial<S3Options> = {}): Promise<BlobStore> {
  const blobs = await openS3Blobs({ place: s3.place, spoolDir, log, ...QUICK, ...o })
  opened.push(blobs)
  return blobs
}

const some = (bytes = 60_000) => randomBytes(bytes)
const shaOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const spooled = (sha: string, suffix = '') => existsSync(join(spoolDir, sha.slice(0, 2), sha.slice(2, 4), sha + suffix))
const drained = (blobs: BlobStore) => expect.poll(async () => (await blobs.waiting()).files, { timeout: 15_000 }).toBe(0)
const outage = expect.objectContaining({ code: 'base/unavailable', status: 503, headers: { 'retry-after': '5' } })

describe('a bucket that answers', () => {
  it('has what was put, under its hash, and the spool has it no longer', async () => {
    const blobs = await open()
    const content = some(3_000_000)
    const halves = Readable.from([content.subarray(0, 1_234_567), content.subarray(1_234_567)])
    expect(await blobs.put(halves)).toEqual({ sha256: shaOf(content), bytes: content.length })
    await expect.poll(() => spooled(shaOf(content)), { timeout: 5000 }).toBe(false)
    expect(await openBucket(s3.place).head(shaOf(content))).toMatchObject({ bytes: content.length })
    expect(await blobs.has(shaOf(content))).toBe(true)
    expect((await blobs.read(shaOf(content))).equals(content)).toBe(true)
    expect((await buffer(blobs.stream(shaOf(content)))).equals(content)).toBe(true)
  })

  it('has nothing of an upload that broke off', async () => {
    const blobs = await open()
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('line dropped')
      })(),
    )
    await expect(blobs.put(broken)).rejects.toThrow('line dropped')
    expect(await blobs.has(shaOf(Buffer.from('half')))).toBe(false)
    expect(readdirSync(join(spoolDir, 'tmp'))).toEqual([])
  })

  it('keeps derived copies beside the original', async () => {
    const blobs = await open()
    const { sha256 } = await blobs.put(some())
    expect(await blobs.has(sha256, '.thumb.webp')).toBe(false)
    await blobs.putDerived(sha256, '.thumb.webp', Buffer.from('small'))
    await expect.poll(() => spooled(sha256, '.thumb.webp')).toBe(false)
    expect((await blobs.read(sha256, '.thumb.webp')).toString()).toBe('small')
  })

  it('says plainly what it has not, and takes no name that is not a hash', async () => {
    const blobs = await open()
    await expect(blobs.read('0'.repeat(64))).rejects.toThrow(/neither in the spool nor in the bucket/)
    await expect((async () => blobs.read('../../etc/passwd'))()).rejects.toThrow(/64 hexadecimal/)
  })

  it('is read by another machine, whose spool is empty', async () => {
    const content = some()
    const { sha256 } = await (await open()).put(content)
    const elsewhere = await open({ spoolDir: join(spoolDir, 'elsewhere') })
    expect((await elsewhere.read(sha256)).equals(content)).toBe(true)
  })
})

describe('a bucket that does not answer', () => {
  it.each(['down', 'silent', 'cut-up'] as const)(
    '(%s) loses nothing: the spool takes files and gives them back, and drains',
    async (fault) => {
      const blobs = await open()
      s3.line.set(fault)
      const contents = Array.from({ length: 20 }, () => some())
      const began = Date.now()
      for (const content of contents) await blobs.put(content)
      expect(Date.now() - began).toBeLessThan(5000)
      for (const content of contents) expect((await blobs.read(shaOf(content))).equals(content)).toBe(true)
      expect(await blobs.waiting()).toMatchObject({ files: 20, bytes: 20 * 60_000 })
      s3.line.set('none')
      await drained(blobs)
      await expect.poll(() => contents.some((c) => spooled(shaOf(c))), { timeout: 5000 }).toBe(false)
      for (const content of contents) expect((await blobs.read(shaOf(content))).equals(content)).toBe(true)
    },
    40_000,
  )

  it('is an answer of 503 to who reads what only the bucket has', async () => {
    const blobs = await open()
    const { sha256 } = await blobs.put(some())
    await expect.poll(() => spooled(sha256)).toBe(false)
    s3.line.set('down')
    await expect(blobs.read(sha256)).rejects.toEqual(outage)
    await expect(blobs.has(sha256)).rejects.toEqual(outage)
    await expect(buffer(blobs.stream(sha256))).rejects.toEqual(outage)
    s3.line.set('silent')
    const began = Date.now()
    await expect(blobs.read(sha256)).rejects.toEqual(outage)
    expect(Date.now() - began, 'who asks meanwhile is not kept').toBeLessThan(500)
  })

  it('does not keep the product from starting, and a restart drains what the last run left', async () => {
    s3.line.set('down')
    const before = await open()
    const content = some()
    await before.put(content)
    await before.close()
    s3.line.set('none')
    const after = await open()
    await drained(after)
    expect(await openBucket(s3.place).head(shaOf(content))).toMatchObject({ bytes: content.length })
  })
})

describe('the page of /metrics', () => {
  it('says how much waits, and for how long', async () => {
    const blobs = await open()
    const registry = new Registry()
    gaugeWaiting(registry, blobs)
    const shown = async () => (await registry.metrics()).split('\n').filter((line) => /^qinba_spool_(files|bytes)/.test(line))
    expect(await shown()).toEqual(['qinba_spool_files 0', 'qinba_spool_bytes 0'])
    s3.line.set('down')
    await blobs.put(some(1000))
    expect(await shown()).toEqual(['qinba_spool_files 1', 'qinba_spool_bytes 1000'])
    expect(await registry.metrics()).toMatch(/qinba_spool_oldest_seconds 0\.\d+/)
  })
})

describe('a bucket that is slow', () => {
  it('is not waited for longer than it takes to be patient', async () => {
    const blobs = await open()
    s3.line.set('slow')
    const content = some(400_000)
    const began = Date.now()
    await blobs.put(content)
    expect(Date.now() - began).toBeLessThan(1500)
    expect((await blobs.read(shaOf(content))).equals(content)).toBe(true)
    await drained(blobs)
  }, 40_000)
})

describe('a line that changes bytes', () => {
  it('on the way up: the spool keeps its copy until the right bytes come back, and others are not kept waiting', async () => {
    const blobs = await open()
    s3.line.set('corrupt-up')
    const [long, short] = [some(), some(200)]
    await blobs.put(long)
    await blobs.put(short)
    await expect.poll(() => spooled(shaOf(short)), { timeout: 5000 }).toBe(false)
    await new Promise((later) => setTimeout(later, 300))
    expect(spooled(shaOf(long))).toBe(true)
    expect(await blobs.waiting()).toMatchObject({ files: 1 })
    s3.line.set('none')
    await drained(blobs)
    await expect.poll(() => spooled(shaOf(long))).toBe(false)
    expect((await blobs.read(shaOf(long))).equals(long)).toBe(true)
  })

  it('on the way down: nobody gets wrong bytes as if they were right', async () => {
    const blobs = await open()
    const content = some(300_000)
    const { sha256 } = await blobs.put(content)
    await expect.poll(() => spooled(sha256)).toBe(false)
    s3.line.set('corrupt-down')
    await expect(blobs.read(sha256)).rejects.toThrow(/other bytes/)
    let got = 0
    const reading = (async () => {
      for await (const chunk of blobs.stream(sha256)) got += (chunk as Buffer).length
    })()
    await expect(reading).rejects.toThrow(/other bytes/)
    expect(got).toBeLessThan(content.length)
    s3.line.set('none')
    expect((await blobs.read(sha256)).equals(content)).toBe(true)
  })
})

describe('a place that is wrong is refused at the start in one line', () => {
  it.each([
    ['another bucket', { bucket: 'nobodys' }, /nobodys: there is no such bucket/],
    ['another key', { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' } }, /refused .*check the keys/],
  ])('%s', async (_, wrong, message) => {
    const opening = openS3Blobs({ place: { ...s3.place, ...wrong }, spoolDir, log })
    await expect(opening).rejects.toThrow(message)
  })
})

describe('sweeping', () => {
  it('lists what lies in place and in the spool, sets aside with its copies, puts back and ends', async () => {
    const blobs = await open({ place: { ...s3.place, prefix: 'sweep/' } })
    const content = some()
    const { sha256 } = await blobs.put(content)
    await blobs.putDerived(sha256, '.thumb.webp', Buffer.from('small'))
    await expect.poll(() => spooled(sha256) || spooled(sha256, '.thumb.webp')).toBe(false)
    s3.line.set('down')
    const waiting = await blobs.put(some(10))
    s3.line.set('none')
    const names = async (o?: { aside?: boolean }) => {
      const found: string[] = []
      for await (const { sha256: sha, suffix } of blobs.list(o)) found.push(sha + suffix)
      return found.sort()
    }
    const both = [sha256, `${sha256}.thumb.webp`]
    expect(await names()).toEqual([...both, waiting.sha256].sort())
    await drained(blobs)
    await expect.poll(() => spooled(waiting.sha256)).toBe(false)
    expect(await blobs.setAside(sha256, new Date(0))).toBe(false)
    expect(await blobs.setAside(sha256, new Date(Date.now() + 5000))).toBe(true)
    expect([await names(), await names({ aside: true })]).toEqual([[waiting.sha256], both])
    expect(await blobs.has(sha256)).toBe(false)
    await blobs.putBack(sha256)
    expect([await names({ aside: true }), (await blobs.read(sha256)).equals(content)]).toEqual([[], true])
    await blobs.setAside(sha256, new Date(Date.now() + 5000))
    await blobs.removeAside(sha256)
    expect([await names(), await names({ aside: true })]).toEqual([[waiting.sha256], []])
  })

  it('does not set aside what waits in the spool', async () => {
    const blobs = await open({ keepMs: 60_000 })
    const { sha256 } = await blobs.put(some())
    expect(await blobs.setAside(sha256, new Date(Date.now() + 5000))).toBe(false)
    expect(await blobs.has(sha256)).toBe(true)
  })
})

describe('what is sent', () => {
  it('is signed so that a server that looks takes it, and one with another key is refused', async () => {
    const strict = await startS3({ strict: true })
    const bucket = openBucket(strict.place)
    const content = some()
    const put = (to: typeof bucket) =>
      to.put('name', { stream: Readable.from([content]), bytes: content.length, sha256: shaOf(content) })
    await put(bucket)
    expect(await buffer((await bucket.get('name'))!.chunks)).toEqual(content)
    const thief = openBucket({ ...strict.place, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'guess' } })
    await expect(put(thief)).rejects.toThrow(/refused \(SignatureDoesNotMatch\)/)
    for (const each of [bucket, thief]) each.close()
    await strict.close()
  })

  it('is signed with the hash of the content and its length, in one request', async () => {
    const seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []
    const server = createServer((request, response) => {
      seen.push({ url: `${request.method} ${request.url}`, headers: request.headers })
      request.resume().on('end', () => response.end())
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as { port: number }
    const bucket = openBucket({ ...s3.place, endpoint: `http://127.0.0.1:${port}` })
    const content = some(100)
    await bucket.put('name', { stream: Readable.from([content]), bytes: 100, sha256: shaOf(content) })
    bucket.close()
    server.close()
    expect(seen.map(({ url }) => url)).toEqual(['PUT /qinba/evidence/name?x-id=PutObject'])
    expect(seen[0]!.headers).toMatchObject({ 'x-amz-content-sha256': shaOf(content), 'content-length': '100' })
    expect(seen[0]!.headers['x-amz-trailer']).toBeUndefined()
  })
})
