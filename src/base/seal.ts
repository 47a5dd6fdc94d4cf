import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Suite } from './crypto/algorithms.ts'

/** Closes content under a key derived from SECRET, so that a dump of the database alone gives no name (Code art. 146). */
export interface Sealer {
  /** A box: one byte for the algorithm, then what that algorithm makes. The application's own role may write it and not read it. */
  seal(content: object): Buffer
  /** What a box of either suite holds; Error when it was changed, is of another SECRET, or of an algorithm nobody knows. */
  open(box: Buffer): unknown
}

type Cipher = { tag: number; close(secret: string, text: Buffer): Buffer; open(secret: string, sealed: Buffer): Buffer }

/** A sealer that closes with the suite of the setting and opens what any suite closed: the first byte of a box says which. */
export function openSealer(secret: string, suite: Suite): Sealer {
  const chosen = suite === 'guomi' ? sm4 : aes
  return {
    seal: (content) => Buffer.concat([Buffer.of(chosen.tag), chosen.close(secret, Buffer.from(JSON.stringify(content)))]),
    open(box) {
      const cipher = [aes, sm4].find(({ tag }) => tag === box[0])
      if (!cipher) throw new Error(`a sealed box begins with 1 (AES-256-GCM) or 2 (SM4), found ${box[0] ?? 'nothing'}`)
      return JSON.parse(cipher.open(secret, box.subarray(1)).toString())
    },
  }
}

const NOT_OURS = 'the sealed box does not open: it was changed, or sealed under another SECRET'

/** AES-256-GCM: nonce (12), tag (16), ciphertext. */
const aes: Cipher = {
  tag: 1,
  close(secret, text) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', aesKey(secret), nonce)
    const body = Buffer.concat([cipher.update(text), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  },
  open(secret, sealed) {
    if (sealed.length < 28) throw new Error(NOT_OURS)
    const decipher = createDecipheriv('aes-256-gcm', aesKey(secret), sealed.subarray(0, 12), { authTagLength: 16 })
    decipher.setAuthTag(sealed.subarray(12, 28))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    } catch {
      throw new Error(NOT_OURS)
    }
  },
}

// OpenSSL, and so Node, has no SM4-GCM: encrypt with CTR, then authenticate counter and ciphertext with HMAC-SM3, each under its own key.
/** SM4-CTR and HMAC-SM3 (GB/T 32907, GB/T 32905): counter (16), ciphertext, tag (32). */
const sm4: Cipher = {
  tag: 2,
  close(secret, text) {
    const { encrypt, authenticate } = sm4Keys(secret)
    const counter = randomBytes(16)
    const cipher = createCipheriv('sm4-ctr', encrypt, counter)
    const body = Buffer.concat([counter, cipher.update(text), cipher.final()])
    return Buffer.concat([body, macOf(authenticate, body)])
  },
  open(secret, sealed) {
    const { encrypt, authenticate } = sm4Keys(secret)
    const [body, mac] = [sealed.subarray(0, -32), sealed.subarray(-32)]
    if (body.length < 16 || !timingSafeEqual(mac, macOf(authenticate, body))) throw new Error(NOT_OURS)
    const decipher = createDecipheriv('sm4-ctr', encrypt, body.subarray(0, 16))
    return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()])
  },
}

const aesKey = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'qinba sealed identity v1', 32))

function sm4Keys(secret: string): { encrypt: Buffer; authenticate: Buffer } {
  const keys = Buffer.from(hkdfSync('sm3', secret, '', 'qinba sealed identity sm4 v1', 48))
  return { encrypt: keys.subarray(0, 16), authenticate: keys.subarray(16) }
}

// The algorithm's byte is under the tag too: a box cannot be handed to another algorithm.
const macOf = (key: Buffer, body: Buffer) => createHmac('sm3', key).update(Buffer.of(sm4.tag)).update(body).digest()
