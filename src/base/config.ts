import { isAbsolute, resolve } from 'node:path'
import { readS3Place, type S3Place } from './blobs/s3-place.ts'
import { HASHES, type HashName, hashOf, SUITES, type Suite } from './crypto/algorithms.ts'
import type { Limits } from './guard/rules/room.ts'

/** What the process was told by its environment; read once, passed everywhere (README.md, "Environment"). */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  /** Where files lie, or where they wait before they are in `s3`. */
  blobDir: string
  s3: S3Place | undefined
  /** At least one place outside `dataDir` where signed checkpoints of the journal are appended. */
  checkpointDir: string
  secret: string | undefined
  demo: boolean
  logLevel: string
  tenant: number
  /** Where the operator keeps cities of their own (`cities/`, `places/`); without it those that ship with the product. */
  cityDir: string | undefined
  production: boolean
  /** When a disk counts as low, and how much room is kept for the worst moment. */
  disk: Limits
  /** With it /metrics answers whoever knows it; without it this machine only. */
  metricsToken: string | undefined
  /** What new names are sealed with. */
  algorithms: Suite
  /** What the journal is begun with; once begun it must be named again at each start. */
  journalHash: HashName
  /** The operator's own browser key of 天地图; without one nothing is asked of it. */
  tiandituKey: string | undefined
  outbound: Outbound
}

/** Where messages may leave to, and the operator's mail server and SMS gateway; what is not set is not used. */
export interface Outbound {
  /** Hosts, addresses and networks of the operator's own that messages may go to; the open internet needs no word. */
  allow: readonly string[]
  smtpUrl: string | undefined
  mailFrom: string | undefined
  smsUrl: string | undefined
  smsToken: string | undefined
}

type Env = Record<string, string | undefined>

/** Reads and checks the environment; throws one clear line naming the variable, what was found and what was expected. */
export function readConfig(env: Env, cwd: string): Config {
  const dataDir = absolute(env['DATA_DIR'] || 'var', cwd)
  const demo = flag('DEMO', env['DEMO'], !env['DATABASE_URL'])
  const host = env['HOST'] || '127.0.0.1'
  if (demo && !isLoopback(host)) throw new Error(`HOST=${host}: demo mode listens on loopback only (127.0.0.1, ::1 or localhost)`)
  return {
    port: port(env['PORT']),
    host,
    dataDir,
    databaseUrl: databaseUrl(env['DATABASE_URL']),
    ...blobs(env, dataDir, cwd),
    checkpointDir: outside(absolute(env['CHECKPOINT_DIR'] || `${dataDir}.checkpoints`, cwd), dataDir),
    secret: secret(env['SECRET'], demo),
    demo,
    logLevel: env['LOG_LEVEL'] || 'info',
    tenant: tenant(env['TENANT']),
    cityDir: env['CITY_DIR'] ? absolute(env['CITY_DIR'], cwd) : undefined,
    production: !demo,
    disk: disk(env),
    metricsToken: metricsToken(env['METRICS_TOKEN']),
    ...algorithms(env['ALGORITHMS'], env['JOURNAL_HASH']),
    tiandituKey: tiandituKey(env['TIANDITU_KEY']),
    outbound: outbound(env),
  }
}

const absolute = (path: string, cwd: string) => (isAbsolute(path) ? path : resolve(cwd, path))
const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

function port(found: string | undefined): number {
  const n = Number(found || 8080)
  if (!Number.isInteger(n) || n < 0 || n > 65535) throw new Error(`PORT=${found}: expected a whole number from 0 to 65535`)
  return n
}

function outbound(env: Env): Outbound {
  const smtpUrl = address('SMTP_URL', env['SMTP_URL'], /^smtps?:\/\/./, 'smtp://user:password@host:port')
  const mailFrom = env['MAIL_FROM'] || undefined
  if (smtpUrl && !/^[^\s@]+@[^\s@]+$/.test(mailFrom ?? ''))
    throw new Error(`MAIL_FROM=${mailFrom ?? ''}: expected the sender's address, as SMTP_URL is set`)
  return {
    allow: (env['OUTBOUND_ALLOW'] ?? '').split(',').flatMap((one) => (one.trim() ? [one.trim()] : [])),
    ...{ smtpUrl, mailFrom },
    smsUrl: address('SMS_URL', env['SMS_URL'], /^https?:\/\/./, 'https://host/path'),
    smsToken: env['SMS_TOKEN'] || undefined,
  }
}

// What is wrong is named without its value: it may hold a password.
function address(name: string, found: string | undefined, form: RegExp, expected: string): string | undefined {
  if (!found) return undefined
  if (!form.test(found) || !URL.canParse(found)) throw new Error(`${name}: expected ${expected}`)
  return found
}

const MB = 1024 * 1024

function disk(env: Env): Limits {
  return {
    minFreeBytes: whole('MIN_FREE_MB', env['MIN_FREE_MB'], { byDefault: 1024, most: 1e7 }) * MB,
    minFreePercent: whole('MIN_FREE_PERCENT', env['MIN_FREE_PERCENT'], { byDefault: 10, most: 90 }),
    ballastBytes: whole('BALLAST_MB', env['BALLAST_MB'], { byDefault: 128, most: 100_000 }) * MB,
  }
}

function whole(name: string, found: string | undefined, o: { byDefault: number; most: number }): number {
  if (found === undefined || found === '') return o.byDefault
  const n = Number(found)
  if (!Number.isInteger(n) || n < 0 || n > o.most)
    throw new Error(`${name}=${found}: expected a whole number from 0 to ${o.most}`)
  return n
}

function metricsToken(found: string | undefined): string | undefined {
  if (!found) return undefined
  if (!/^[\x21-\x7e]{16,}$/.test(found)) throw new Error('METRICS_TOKEN: expected at least 16 visible characters')
  return found
}

function flag(name: string, found: string | undefined, byDefault: boolean): boolean {
  if (found === undefined || found === '') return byDefault
  if (found === '0' || found === '1') return found === '1'
  throw new Error(`${name}=${found}: expected 0 or 1`)
}

function databaseUrl(found: string | undefined): string | undefined {
  if (!found) return undefined
  if (!/^postgres(ql)?:\/\//.test(found)) throw new Error('DATABASE_URL: expected postgresql://user@host/database')
  return found
}

function blobs(env: Env, dataDir: string, cwd: string): Pick<Config, 'blobDir' | 's3'> {
  const found = env['BLOB_URL']
  if (!found) return { blobDir: resolve(dataDir, 'blobs'), s3: undefined }
  if (found.startsWith('s3:')) return { blobDir: resolve(dataDir, 'spool'), s3: readS3Place(found, env) }
  if (!found.startsWith('file:')) throw new Error(`BLOB_URL=${found.slice(0, 8)}…: expected file:/path or s3://bucket/prefix`)
  return { blobDir: absolute(decodeURIComponent(found.replace(/^file:(\/\/)?/, '')), cwd), s3: undefined }
}

function algorithms(suite: string | undefined, hash: string | undefined): Pick<Config, 'algorithms' | 'journalHash'> {
  const found = oneOf('ALGORITHMS', suite || 'international', SUITES)
  return { algorithms: found, journalHash: oneOf('JOURNAL_HASH', hash || hashOf(found), HASHES) }
}

function oneOf<T extends string>(name: string, found: string, expected: readonly T[]): T {
  const match = expected.find((each) => each === found)
  if (!match) throw new Error(`${name}=${found}: expected ${expected.join(' or ')}`)
  return match
}

function outside(dir: string, dataDir: string): string {
  if (`${dir}/`.startsWith(`${dataDir}/`))
    throw new Error(`CHECKPOINT_DIR=${dir}: expected a place outside DATA_DIR (${dataDir})`)
  return dir
}

function secret(found: string | undefined, demo: boolean): string | undefined {
  if (!found) {
    if (demo) return undefined
    throw new Error('SECRET is not set: outside demo mode at least 32 characters are required')
  }
  if (found.length < 32) throw new Error(`SECRET has ${found.length} characters: at least 32 are required`)
  return found
}

function tenant(found: string | undefined): number {
  const n = Number(found || 610700)
  if (!Number.isInteger(n) || n < 110000 || n > 829999) throw new Error(`TENANT=${found}: expected the six-digit code of a city`)
  return n
}

// It becomes part of an address, so nothing but letters and digits; the keys that 天地图 gives out are 32 of them.
function tiandituKey(found: string | undefined): string | undefined {
  if (!found) return undefined
  if (!/^[0-9A-Za-z]{8,64}$/.test(found)) throw new Error('TIANDITU_KEY: expected 8 to 64 letters and digits')
  return found
}
