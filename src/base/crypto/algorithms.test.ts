import { createCipheriv, createHmac, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digest, HASHES, hashOf, SUITES, suiteOf } from './algorithms.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('the answers of the standards', () => {
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('SM3 of %s (GB/T 32905-2016, appendix A)', (text, expected) => {
    expect(digest('sm3', Buffer.from(text)).toString('hex')).toBe(expected)
  })

  it('SHA-256 of abc (FIPS 180-4)', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(digest('sha256', Buffer.from('a'), Buffer.from('bc')).toString('hex')).toBe(expected)
  })

  it('SM4 of one block, and of the block enciphered a million times (GB/T 32907-2016, appendix A)', () => {
    const key = hex('0123456789abcdeffedcba9876543210')
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
    let block = cipher.update(key)
    expect(block.toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
    for (let i = 1; i < 1_000_000; i++) block = cipher.update(block)
    expect(block.toString('hex')).toBe('595298c7c6fd271f0402f804c33d3f66')
  })

  it('SM4-CTR counts up from its first block', () => {
    const [key, counter] = [hex('0123456789abcdeffedcba9876543210'), hex('000102030405060708090a0b0c0d0eff')]
    const next = hex('000102030405060708090a0b0c0d0f00')
    const ecb = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
    const stream = Buffer.concat([ecb.update(counter), ecb.update(next)])
    const text = Buffer.alloc(32, 5)
    const expected = text.map((byte, i) => byte ^ stream[i]!)
    expect(createCipheriv('sm4-ctr', key, counter).update(text)).toEqual(Buffer.from(expected))
  })

  it('HMAC-SM3 is the construction of RFC 2104 over SM3', () => {
    const [key, text] = [Buffer.alloc(64, 0), Buffer.from('秦巴')]
    key.write('key')
    const pad = (byte: number) => Buffer.from(key.map((b) => b ^ byte))
    const expected = digest('sm3', pad(0x5c), digest('sm3', pad(0x36), text))
    expect(createHmac('sm3', 'key').update(text).digest()).toEqual(expected)
  })
})

describe('what Node cannot do with SM2', () => {
  // Why checkpoints are signed with Ed25519 in both suites. When one of these fails, Node has learnt it, and SM2 can be offered.
  it('it refuses the signature that GB/T 32918.5-2017 gives as its example: the signer’s default identifier cannot be said', () => {
    const point =
      '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
    const key = hex(`3059301306072a8648ce3d020106082a811ccf5501822d03420004${point}`)
    const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'
    const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
    expect(verify('sm3', Buffer.from('message digest'), publicKey, hex(`3046022100${r}022100${s}`))).toBe(false)
  })

  it('a key pair it makes on the SM2 curve is one for ECDSA', () => {
    expect(generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.asymmetricKeyType).toBe('ec')
  })
})

it('each suite has its hash, and each hash its suite', () => {
  expect(SUITES.map(hashOf)).toEqual(HASHES)
  expect(HASHES.map(suiteOf)).toEqual(SUITES)
})
