import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { decryptWith, ENCRYPTED, encryptTo, parseIdentity, parseRecipient } from './encrypt.ts'

const pair = generateKeyPairSync('x25519')
const close = (plain: Buffer) => buffer(Readable.from(plain.length ? [plain] : []).pipe(encryptTo(pair.publicKey)))
const open = (sealed: Buffer, key = pair.privateKey) => {
  const stream = Readable.from([sealed.subarray(0, 7), sealed.subarray(7)]).pipe(decryptWith(key))
  return buffer(stream)
}

describe('an encrypted backup', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])('of %d bytes opens to the same', async (n) => {
    const plain = randomBytes(n)
    const sealed = await close(plain)
    expect(sealed.toString('latin1', 0, ENCRYPTED.length)).toBe(ENCRYPTED)
    expect((await open(sealed)).equals(plain)).toBe(true)
  })

  it('does not open when a byte differs, when it was cut at a chunk, when chunks changed places, or with another key', async () => {
    const sealed = await close(randomBytes(200_000))
    const header = ENCRYPTED.length + 45
    const chunk = 65_552
    for (const at of [header - 10, header, header + chunk, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      await expect(open(changed), `byte ${at}`).rejects.toThrow()
    }
    for (const left of [header, header + chunk, header + 2 * chunk, sealed.length - 1])
      await expect(open(sealed.subarray(0, left)), `${left} bytes`).rejects.toThrow(/does not decrypt/)
    const [a, b] = [sealed.subarray(header, header + chunk), sealed.subarray(header + chunk, header + 2 * chunk)]
    const swapped = Buffer.concat([sealed.subarray(0, header), b, a, sealed.subarray(header + 2 * chunk)])
    await expect(open(swapped)).rejects.toThrow(/does not decrypt/)
    await expect(open(sealed, generateKeyPairSync('x25519').privateKey)).rejects.toThrow(/another key/)
  })

  it('takes X25519 keys in PEM and nothing else', () => {
    const pem = { type: 'spki', format: 'pem' } as const
    expect(parseRecipient(pair.publicKey.export(pem).toString()).equals(pair.publicKey)).toBe(true)
    expect(() => parseRecipient(generateKeyPairSync('ed25519').publicKey.export(pem).toString())).toThrow(/X25519/)
    expect(() => parseIdentity('not a key')).toThrow(/private key/)
  })
})
