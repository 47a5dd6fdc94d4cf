import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrations } from '../db/migrations/index.ts'
import { loadCity, loadLaw, setUpCity } from '../src/admin/index.ts'
import { openDatabase } from '../src/base/db.ts'
import { migrate, refuseForgetful } from '../src/base/migrate.ts'
import { startCluster } from './cluster.ts'
import { TEST_CITY } from './databases.ts'

// What only a real PostgreSQL can show; the embedded project has nothing to run here.
const isPostgres = inject('template').kind === 'postgres' && inject('template').at !== ''
const SCHEMA = join(import.meta.dirname, '../db/schema.sql')

describe.runIf(isPostgres)('a PostgreSQL that may forget', () => {
  let cluster: ReturnType<typeof startCluster>
  beforeAll(() => {
    cluster = startCluster({ port: 5498, settings: 'fsync=off\n' })
  })
  afterAll(() => cluster.stop())

  it('is refused in production, naming the setting', async () => {
    const database = await openDatabase({ url: cluster.url('postgres'), dir: '' })
    await expect(refuseForgetful(database.owner)).rejects.toThrow(/fsync=off.*acknowledged write could be lost/)
    await database.close()
  })
})

describe.runIf(isPostgres)('an owner without superuser rights', () => {
  it('can set the product up and run it, once a DBA has made the extension', async () => {
    const at = inject('template').at
    const admin = new pg.Client({ connectionString: at.replace('NAME', 'postgres') })
    await admin.connect()
    await admin.query('create role bureau login createrole')
    await admin.query('create database bureau owner bureau')
    const inside = new pg.Client({ connectionString: at.replace('NAME', 'bureau') })
    await inside.connect()
    await inside.query('create extension postgis')
    await inside.end()
    await admin.query('grant qinba_app to bureau with admin option')
    const database = await openDatabase({ url: at.replace('NAME', 'bureau').replace('postgres@', 'bureau@'), dir: '' })
    await migrate(database, migrations)
    await setUpCity(database, await loadCity(TEST_CITY))
    const law = await database.begin(TEST_CITY, loadLaw)
    expect(law.rules.length).toBeGreaterThan(10)
    await database.close()
    await admin.query('drop database bureau')
    await admin.end()
  })
})

describe.runIf(isPostgres)('db/schema.sql', () => {
  it('is what the migrations make (UPDATE_SCHEMA=1 writes it anew)', () => {
    const { at } = inject('template')
    const url = at.replace('NAME', 'template_qinba')
    const schemas = ['base', 'journal', 'places', 'people', 'cases', 'supervision'].flatMap((s) => ['-n', s])
    const dump = spawnSync('/usr/lib/postgresql/15/bin/pg_dump', ['-s', '--no-owner', ...schemas, '-d', url], {
      encoding: 'utf8',
    })
    expect(dump.status, dump.stderr).toBe(0)
    const made = dump.stdout
      .split('\n')
      .filter((line) => !/^(--|\\(un)?restrict|SET |SELECT pg_catalog)/.test(line))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
    if (process.env['UPDATE_SCHEMA']) writeFileSync(SCHEMA, `${made}\n`)
    expect(readFileSync(SCHEMA, 'utf8').trim()).toBe(made)
  })
})
