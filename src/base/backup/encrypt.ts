import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

/** The first bytes of an encrypted backup; the sender's one-time key follows in base64, then a line end. */
export const ENCRYPTED = 'QINBA-BACKUP-ENCRYPTED/1 '

const CHUNK = 65_536
const TAG = 16
const HEADER = ENCRYPTED.length + 45

/** Encrypts to a public key (X25519), so that the machine that makes backups cannot read them. Sealed in chunks: cut or joined is noticed. */
export function encryptTo(recipient: KeyObject): Transform {
  const once = generateKeyPairSync('x25519')
  const key = keyOf({ privateKey: once.privateKey, publicKey: recipient }, once.publicKey, recipient)
  const seal = (n: number, isLast: boolean, plain: Buffer) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(n, isLast))
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  const stream = inChunks(CHUNK, seal)
  stream.push(`${ENCRYPTED}${rawOf(once.publicKey).toString('base64')}\n`)
  return stream
}

/** Opens what `encryptTo` closed; the stream ends in an Error where the key is another one or a byte differs. */
export function decryptWith(privateKey: KeyObject): Transform {
  let key: Buffer | undefined
  const open = (n: number, isLast: boolean, sealed: Buffer) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key!, nonce(n, isLast), { authTagLength: TAG })
      decipher.setAuthTag(sealed.subarray(-TAG))
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
    } catch {
      throw new Error(
        '备份无法解密：密钥不对，或文件被改动、截断 / the backup does not decrypt: another key, or it was changed or cut short',
      )
    }
  }
  const readHeader = (header: Buffer) => {
    const sender = publicOf(Buffer.from(header.toString('latin1', ENCRYPTED.length).trim(), 'base64'))
    key = keyOf({ privateKey, publicKey: sender }, sender, createPublicKey(privateKey))
  }
  return inChunks(CHUNK + TAG, open, { bytes: HEADER, read: readHeader })
}

/** A public key to encrypt to, in PEM: `openssl genpkey -algorithm x25519`, then `openssl pkey -pubout`. */
export function parseRecipient(pem: string): KeyObject {
  return checked(() => createPublicKey(pem), 'a public key (X25519, PEM)')
}

/** The private key that belongs to it. */
export function parseIdentity(pem: string): KeyObject {
  return checked(() => createPrivateKey(pem), 'a private key (X25519, PEM)')
}

function checked(parse: () => KeyObject, expected: string): KeyObject {
  try {
    const key = parse()
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {}
  throw new Error(`密钥文件不对 / the key file is not what is needed: expected ${expected}`)
}

type Step = (n: number, isLast: boolean, chunk: Buffer) => Buffer

// A chunk is worked on when the next one has begun: only the last may be short, and it says that it is the last.
function inChunks(size: number, step: Step, header?: { bytes: number; read(header: Buffer): void }): Transform {
  let held: Buffer = Buffer.alloc(0)
  let isHeaderDue = header !== undefined
  let n = 0
  const take = (out: Transform, chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (isHeaderDue && held.length >= header!.bytes) {
      header!.read(held.subarray(0, header!.bytes))
      held = held.subarray(header!.bytes)
      isHeaderDue = false
    }
    for (; !isHeaderDue && held.length > size; held = held.subarray(size)) out.push(step(n++, false, held.subarray(0, size)))
  }
  return new Transform({
    transform(this: Transform, chunk: Buffer, _encoding, done) {
      attempt(done, () => take(this, chunk))
    },
    flush(this: Transform, done) {
      attempt(done, () => void this.push(step(n, true, held)))
    },
  })
}

function attempt(done: TransformCallback, work: () => void): void {
  let failure: Error | null = null
  try {
    work()
  } catch (e) {
    failure = e as Error
  }
  done(failure)
}

function keyOf(pair: { privateKey: KeyObject; publicKey: KeyObject }, sender: KeyObject, recipient: KeyObject): Buffer {
  const salt = Buffer.concat([rawOf(sender), rawOf(recipient)])
  return Buffer.from(hkdfSync('sha256', diffieHellman(pair), salt, 'qinba backup v1', 32))
}

const rawOf = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
const publicOf = (raw: Buffer) =>
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') } })

// The key serves one file only, so a count is nonce enough.
function nonce(n: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(n, 5, 6)
  bytes[11] = isLast ? 1 : 0
  return bytes
}
