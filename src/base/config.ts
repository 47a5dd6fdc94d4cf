import { isAbsolute, resolve } from 'node:path'

/** What the process was told by its environment; read once, passed everywhere (interfaces.md, "Environment"). */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  blobDir: string
  /** At least one place outside `dataDir` where signed checkpoints of the journal are appended. */
  checkpointDir: string
  secret: string | undefined
  demo: boolean
  logLevel: string
  tenant: number
  production: boolean
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
    blobDir: blobDir(env['BLOB_URL'], dataDir, cwd),
    checkpointDir: outside(absolute(env['CHECKPOINT_DIR'] || `${dataDir}.checkpoints`, cwd), dataDir),
    secret: secret(env['SECRET'], demo),
    demo,
    logLevel: env['LOG_LEVEL'] || 'info',
    tenant: tenant(env['TENANT']),
    production: !demo,
  }
}

const absolute = (path: string, cwd: string) => (isAbsolute(path) ? path : resolve(cwd, path))
const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

function port(found: string | undefined): number {
  const n = Number(found || 8080)
  if (!Number.isInteger(n) || n < 0 || n > 65535) throw new Error(`PORT=${found}: expected a whole number from 0 to 65535`)
  return n
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

function blobDir(found: string | undefined, dataDir: string, cwd: string): string {
  if (!found) return resolve(dataDir, 'blobs')
  if (found.startsWith('file:')) return absolute(decodeURIComponent(found.replace(/^file:(\/\/)?/, '')), cwd)
  throw new Error(`BLOB_URL=${found.slice(0, 8)}…: this release keeps files in a folder (file:/path); S3 is not built yet`)
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
