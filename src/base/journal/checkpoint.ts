import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import canonicalize from 'canonicalize'
import type { HashName } from '../crypto/algorithms.ts'

const PRIVATE_FILE = 'checkpoint.key'
const PUBLIC_FILE = 'checkpoint.pub'
// The prefix keeps a signature over a checkpoint from meaning anything else.
const PREFIX = 'qinba-journal-checkpoint/1\n'

/** What is signed: this log (`origin`, `tenant`) had `size` events and this root at this time. */
export type CheckpointBody = {
  /** Names the installation, such as its host name. */
  origin: string
  tenant: number
  size: number
  /** What the journal is hashed with. Lines written before there was a choice lack it: they are of SHA-256. */
  hash?: HashName | undefined
  /** Base64 of the 32 bytes of the root. */
  root: string
  /** RFC 3339 in UTC with milliseconds. */
  at: string
}

/** A signed statement about the journal, kept outside the machine that could rewrite it. */
export type Checkpoint = CheckpointBody & {
  /** Hex SHA-256 of the public key's SPKI DER. */
  key: string
  /** Base64 of the Ed25519 signature (RFC 8032) over the prefix and the RFC 8785 JSON of all other fields. */
  sig: string
}

/** The key checkpoints are signed with: `id` as in `Checkpoint.key`, `publicKey` as SPKI PEM. */
export type SigningKey = { id: string; publicKey: string; privateKey: KeyObject }

/**
 * The Ed25519 key of the folder, made on first use: `checkpoint.key` (PKCS #8, mode 0600) and `checkpoint.pub` beside it;
 * Error when others may read the private key, when it is unreadable, or when the public file belongs to another key.
 */
export async function loadOrMakeKey(dir: string): Promise<SigningKey> {
  const file = join(dir, PRIVATE_FILE)
  await mkdir(dir, { recursive: true })
  if (!(await exists(file))) await writeOnce(file, newPrivatePem(), 0o600)
  await refuseOpenMode(file)
  const key = signingKey(parsePrivate(await readFile(file, 'utf8'), file))
  await matchPublic(join(dir, PUBLIC_FILE), key)
  return key
}

/** What the journal that the checkpoint speaks of is hashed with. */
export function hashNamedBy({ hash }: Pick<Checkpoint, 'hash'>): HashName {
  return hash ?? 'sha256'
}

/** Key id of an SPKI PEM, as in `Checkpoint.key`; throws on text that is no public key. */
export function keyIdOf(publicKeyPem: string): string {
  return keyId(createPublicKey(publicKeyPem))
}

/** The body with the key's id and its signature. */
export function signCheckpoint(body: CheckpointBody, key: SigningKey): Checkpoint {
  const unsigned = { ...body, key: key.id }
  return { ...unsigned, sig: sign(null, signedBytes(unsigned), key.privateKey).toString('base64') }
}

/** Whether the checkpoint was signed, exactly as it stands, by this public key; throws on text that is no public key. */
export function verifyCheckpoint(checkpoint: Checkpoint, publicKeyPem: string): boolean {
  return checkpointVerifier(publicKeyPem)(checkpoint)
}

/** `verifyCheckpoint` for many checkpoints of one key: the key is parsed once. */
export function checkpointVerifier(publicKeyPem: string): (checkpoint: Checkpoint) => boolean {
  const publicKey = createPublicKey(publicKeyPem)
  const id = keyId(publicKey)
  return ({ sig, ...unsigned }) =>
    unsigned.key === id && verify(null, signedBytes(unsigned), publicKey, Buffer.from(sig, 'base64'))
}

/** Makes a new or renamed file's name last through a power cut; does nothing where folders cannot be opened (Windows). */
export async function syncFolderOf(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

function signedBytes({ origin, tenant, size, hash, root, at, key }: Omit<Checkpoint, 'sig'>): Buffer {
  return Buffer.from(PREFIX + canonicalize({ origin, tenant, size, ...(hash ? { hash } : {}), root, at, key }))
}

function newPrivatePem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  return { id: keyId(publicKey), publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey }
}

function keyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function parsePrivate(pem: string, file: string): KeyObject {
  const key = tryParse(pem)
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`${file}: expected an Ed25519 private key in PKCS #8 PEM`)
  return key
}

function tryParse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

async function refuseOpenMode(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const mode = (await stat(file)).mode & 0o777
  if (mode & 0o077) {
    throw new Error(`${file}: others may read this private key (mode ${mode.toString(8)}); expected 600: chmod 600 ${file}`)
  }
}

async function matchPublic(file: string, key: SigningKey): Promise<void> {
  if (!(await exists(file))) await writeOnce(file, key.publicKey, 0o644)
  if ((await readFile(file, 'utf8')).trim() !== key.publicKey.trim()) {
    throw new Error(`${file}: belongs to another private key than ${PRIVATE_FILE} beside it (key ${key.id})`)
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : Promise.reject(error)),
  )
}

/** The file is seen whole or not at all, survives a power cut, and of two processes that make it at once one wins for both. */
async function writeOnce(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`
  const handle = await open(temporary, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await placeOnce(temporary, file)
  await syncFolderOf(file)
}

// A rename would replace the key another process has just made; a link does not. Some mounted volumes know no links.
async function placeOnce(temporary: string, file: string): Promise<void> {
  const code = await link(temporary, file).then(
    () => 'EEXIST',
    (error: NodeJS.ErrnoException) => error.code,
  )
  if (code === 'EEXIST') return rm(temporary)
  return rename(temporary, file)
}
