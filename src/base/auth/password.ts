import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Cost of argon2id: memory in KiB, passes. 64 MiB × 3 takes about 0.4 s. */
export interface PasswordCost {
  memory: number
  passes: number
}

export const STANDARD_COST: PasswordCost = { memory: 65536, passes: 3 }

/** Thrown when more than 20 hashes wait: each takes 64 MiB, so the queue is bounded (answered as 429). */
export class TooManyHashes extends Error {}

const AT_ONCE = 2
const MAY_WAIT = 20
let running = 0
const waiting: (() => void)[] = []

/** Hashes a password with argon2id to a PHC string. */
export async function hashPassword(password: string, cost: PasswordCost = STANDARD_COST): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${b64(salt)}$${b64(tag)}`
}

/** Compares in constant time; with no hash (an unknown account) it still does the work, so that the answer's time tells nothing. */
export async function verifyPassword(password: string, phc: string | undefined): Promise<boolean> {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(phc ?? '')
  const cost = found ? { memory: Number(found[1]), passes: Number(found[2]) } : STANDARD_COST
  const tag = await derive(password, found ? Buffer.from(found[3]!, 'base64') : Buffer.alloc(16), cost)
  return found !== null && timingSafeEqual(tag, Buffer.from(found[4]!, 'base64'))
}

async function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  await turn()
  try {
    const parameters = { message: Buffer.from(password.normalize('NFC')), nonce: salt, parallelism: 1, tagLength: 32, ...cost }
    return Buffer.from((await promisify(argon2)('argon2id', parameters)) as Buffer)
  } finally {
    running--
    waiting.shift()?.()
  }
}

async function turn(): Promise<void> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAY_WAIT) throw new TooManyHashes('too many passwords are being checked')
    await new Promise<void>((go) => waiting.push(go))
  }
  running++
}

const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
