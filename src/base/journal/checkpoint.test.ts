import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CheckpointBody, keyIdOf, loadOrMakeKey, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { newKey } from './test-log.ts'

const BODY: CheckpointBody = {
  origin: 'qinba.example',
  tenant: 610700,
  size: 8,
  root: 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
  at: '2026-08-15T02:03:04.005Z',
}
const isPosix = process.platform !== 'win32'

describe('signing', () => {
  const key = newKey()
  const checkpoint = signCheckpoint(BODY, key)

  it('holds, and survives another key order', () => {
    expect(verifyCheckpoint(checkpoint, key.publicKey)).toBe(true)
    expect(verifyCheckpoint(Object.fromEntries(Object.entries(checkpoint).reverse()) as never, key.publicKey)).toBe(true)
    expect(checkpoint).toMatchObject({ ...BODY, key: key.id })
  })

  it.each([
    { origin: 'other.example' },
    { tenant: 610800 },
    { size: 9 },
    { hash: 'sm3' as const },
    { root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    { at: '2026-08-15T02:03:04.006Z' },
    { key: newKey().id },
    { sig: '' },
    { sig: Buffer.alloc(64).toString('base64') },
  ])('does not hold with %o', (change) => {
    expect(verifyCheckpoint({ ...checkpoint, ...change }, key.publicKey)).toBe(false)
  })

  it('over a body that names its hash does not hold for the other hash, nor for none', () => {
    const named = signCheckpoint({ ...BODY, hash: 'sm3' }, key)
    expect(verifyCheckpoint(named, key.publicKey)).toBe(true)
    expect(verifyCheckpoint({ ...named, hash: 'sha256' }, key.publicKey)).toBe(false)
    expect(verifyCheckpoint({ ...named, hash: undefined }, key.publicKey)).toBe(false)
  })

  it('does not hold with any bit of the signature changed', () => {
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        const sig = Buffer.from(checkpoint.sig, 'base64')
        sig[bit >> 3]! ^= 1 << (bit & 7)
        expect(verifyCheckpoint({ ...checkpoint, sig: sig.toString('base64') }, key.publicKey)).toBe(false)
      }),
    )
  })

  it('does not hold for another key, even one that names itself', () => {
    const other = newKey()
    expect(verifyCheckpoint(checkpoint, other.publicKey)).toBe(false)
    expect(verifyCheckpoint(signCheckpoint(BODY, { ...other, id: key.id }), key.publicKey)).toBe(false)
    expect(verifyCheckpoint(signCheckpoint(BODY, { ...key, id: other.id }), key.publicKey)).toBe(false)
    expect(() => verifyCheckpoint(checkpoint, 'no key')).toThrow()
  })
})

describe('loadOrMakeKey', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'key-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('makes a key once, its file closed to others, its public half beside it', async () => {
    const key = await loadOrMakeKey(join(dir, 'keys'))
    expect((await readdir(join(dir, 'keys'))).sort()).toEqual(['checkpoint.key', 'checkpoint.pub'])
    expect(await readFile(join(dir, 'keys', 'checkpoint.pub'), 'utf8')).toBe(key.publicKey)
    expect(keyIdOf(key.publicKey)).toBe(key.id)
    if (isPosix) expect((await stat(join(dir, 'keys', 'checkpoint.key'))).mode & 0o777).toBe(0o600)
    const again = await loadOrMakeKey(join(dir, 'keys'))
    expect([again.id, again.publicKey]).toEqual([key.id, key.publicKey])
    expect(verifyCheckpoint(signCheckpoint(BODY, again), key.publicKey)).toBe(true)
  })

  it('gives all that start at once the same key', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await loadOrMakeKey(dir)).id))
    expect(new Set(ids).size).toBe(1)
    expect((await readdir(dir)).length).toBe(2)
  })

  it('writes a lost public file anew', async () => {
    const key = await loadOrMakeKey(dir)
    await rm(join(dir, 'checkpoint.pub'))
    expect((await loadOrMakeKey(dir)).id).toBe(key.id)
    expect(await readFile(join(dir, 'checkpoint.pub'), 'utf8')).toBe(key.publicKey)
  })

  it('does not take a public file of another key', async () => {
    await loadOrMakeKey(dir)
    await writeFile(join(dir, 'checkpoint.pub'), newKey().publicKey)
    await expect(loadOrMakeKey(dir)).rejects.toThrow('checkpoint.pub: belongs to another private key')
  })

  it('does not replace a private key it cannot read', async () => {
    await writeFile(join(dir, 'checkpoint.key'), '', { mode: 0o600 })
    await expect(loadOrMakeKey(dir)).rejects.toThrow('checkpoint.key: expected an Ed25519 private key in PKCS #8 PEM')
    expect(await readFile(join(dir, 'checkpoint.key'), 'utf8')).toBe('')
  })

  it.runIf(isPosix)('refuses a private key others may read', async () => {
    await loadOrMakeKey(dir)
    await chmod(join(dir, 'checkpoint.key'), 0o640)
    await expect(loadOrMakeKey(dir)).rejects.toThrow('others may read this private key (mode 640); expected 600: chmod 600')
  })
})
