import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Seals who said something (Code art. 146): AES-256-GCM under a key derived from SECRET, so that a dump of the database alone gives
 * no name. The application's own role may write such a box and not read it.
 */
export function seal(secret: string, content: object): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'qinba sealed identity v1', 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}
