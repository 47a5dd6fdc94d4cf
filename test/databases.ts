import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrations } from '../db/migrations/index.ts'
import { loadCity, setUpCity } from '../src/admin/index.ts'
import { openDatabase } from '../src/base/db.ts'
import { openJobs } from '../src/base/jobs.ts'
import { openLog } from '../src/base/log.ts'
import { migrate } from '../src/base/migrate.ts'

/** What the tests of one database copy their own from: a migrated PostgreSQL template, or a migrated folder. */
export interface Template {
  kind: 'postgres' | 'embedded'
  /** A PostgreSQL URL without database name, or a folder. Empty: this machine cannot run the suite, it is skipped by name. */
  at: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    template: Template
  }
}

export const TEST_CITY = 610700
const BIN = '/usr/lib/postgresql/15/bin'

/** Makes the template once per run; what it started is ended and removed afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kind = project.config.env['QINBA_TEST_DB'] as Template['kind']
  return kind === 'embedded' ? embedded(project) : postgres(project)
}

async function embedded(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-template-'))
  await prepare({ dir: join(dir, 'pg') })
  project.provide('template', { kind: 'embedded', at: join(dir, 'pg') })
  return async () => rmSync(dir, { recursive: true, force: true })
}

async function postgres(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(`${BIN}/initdb`)) {
    project.provide('template', { kind: 'postgres', at: '' })
    return async () => {}
  }
  const dir = startCluster()
  const url = `postgresql://postgres@/NAME?host=${encodeURIComponent(dir)}&port=5499`
  await query(url.replace('NAME', 'postgres'), 'create database template_qinba')
  await prepare({ dir, url: url.replace('NAME', 'template_qinba') })
  project.provide('template', { kind: 'postgres', at: url })
  return async () => {
    asPostgres([`${BIN}/pg_ctl`, '-D', join(dir, 'data'), '-m', 'immediate', 'stop'])
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A real PostgreSQL with its durability on, on a unix socket in a folder of its own. */
function startCluster(): string {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-pg-'))
  chmodSync(dir, 0o777)
  const data = join(dir, 'data')
  must([`${BIN}/initdb`, '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'])
  const settings = `listen_addresses=''\nport=5499\nunix_socket_directories='${dir}'\nmax_connections=60\nshared_buffers=256MB\n`
  appendFileSync(join(data, 'postgresql.auto.conf'), settings)
  must([`${BIN}/pg_ctl`, '-D', data, '-w', '-l', join(dir, 'log'), 'start'])
  return dir
}

function must(command: string[]): void {
  const { status, stderr, stdout } = asPostgres(command)
  if (status !== 0) throw new Error(`${command[0]} failed: ${stderr}${stdout}`)
}

// PostgreSQL refuses to run as root.
function asPostgres(command: string[]) {
  const whole = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command
  return spawnSync(whole[0]!, whole.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

async function prepare(o: { dir: string; url?: string }): Promise<void> {
  const database = await openDatabase(o)
  await database.unwatched(() => migrate(database, migrations))
  await database.unwatched(async () => setUpCity(database, await loadCity(TEST_CITY)))
  const jobs = await openJobs(database, openLog('silent'))
  await jobs.stop()
  await database.close()
}
