import { mkdtempSync, rmSync } from 'node:fs'
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
import { hasPostgres, startCluster } from './cluster.ts'

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
  if (!hasPostgres()) {
    project.provide('template', { kind: 'postgres', at: '' })
    return async () => {}
  }
  const cluster = startCluster({ port: 5499 })
  await query(cluster.url('postgres'), 'create database template_qinba')
  await prepare({ dir: '', url: cluster.url('template_qinba') })
  project.provide('template', { kind: 'postgres', at: cluster.url('NAME') })
  return async () => cluster.stop()
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
