import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { openBlobs } from './blobs.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-blobs-'))
const blobs = openBlobs(root)
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('blobs', () => {
  it('are named by their SHA-256, and the same bytes are one file', async () => {
    const a = await blobs.put(Buffer.from('abc'))
    const b = await blobs.put(Readable.from([Buffer.from('a'), Buffer.from('bc')]))
    expect(a).toEqual({ sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', bytes: 3 })
    expect(b).toEqual(a)
    expect((await blobs.read(a.sha256)).toString()).toBe('abc')
  })

  it('leave nothing behind when the stream fails half-way', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('line dropped')
      })(),
    )
    await expect(blobs.put(broken)).rejects.toThrow('line dropped')
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  it('keep derived copies beside the original', async () => {
    const { sha256 } = await blobs.put(Buffer.from('original'))
    expect(await blobs.has(sha256, '.thumb.webp')).toBe(false)
    await blobs.putDerived(sha256, '.thumb.webp', Buffer.from('small'))
    expect((await blobs.read(sha256, '.thumb.webp')).toString()).toBe('small')
  })

  it('take no name that is not a hash', async () => {
    await expect((async () => blobs.read('../../etc/passwd'))()).rejects.toThrow(/64 hexadecimal/)
  })
})
