import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { readLevel } from '../../src/base/backup/tables.ts'
import { openDatabase } from '../../src/base/db.ts'
import { bakeTemplate, type Template, templateCache } from '../../src/base/engine/template.ts'
import { bakeSchemaTemplate, findSchemaTemplate, schemaName } from '../../src/schema-template.ts'

let root: string
let cache: string
let baked: Template
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'qinba-bake-'))
  cache = join(root, 'pglite')
  await bakeTemplate()
  cpSync(templateCache(), cache, { recursive: true })
  baked = (await bakeSchemaTemplate(cache))!
}, 240_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

function hashOf(dir: string): string {
  const hash = createHash('sha256')
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  for (const path of entries.map((e) => join(e.parentPath, e.name)).sort()) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

describe('the baked schema', () => {
  it('is found by the text of the migrations, and another text is another one', () => {
    expect(findSchemaTemplate(cache)).toEqual(baked)
    expect(schemaName()).toBe(schemaName())
    const other = join(root, 'migrations')
    cpSync(join(import.meta.dirname, '../../db/migrations'), other, { recursive: true })
    expect(schemaName(other)).toBe(schemaName())
    writeFileSync(join(other, '9999-more.ts'), '')
    expect(schemaName(other)).not.toBe(schemaName())
  })

  it('gives each data folder a schema of its own, and stays as it was baked', async () => {
    const before = hashOf(baked.dir)
    for (const dir of [join(root, 'a'), join(root, 'b')]) {
      const database = await openDatabase({ dir, template: baked })
      expect(await readLevel(database.owner)).toEqual(Object.keys(migrations))
      const { rows } = await database.pool.query('select * from base.number')
      expect(rows).toEqual([])
      await database.pool.query(`insert into base.number values (1, 2026, 'mine', 1)`)
      await database.close()
    }
    expect(hashOf(baked.dir)).toBe(before)
    expect(readdirSync(baked.dir).filter((name) => /lock|socket/.test(name))).toEqual([])
  }, 240_000)

  it('removes what was baked of another schema', async () => {
    const stale = `${cache}-schema-0000000000000000`
    cpSync(join(baked.dir, 'PG_VERSION'), join(stale, 'data/PG_VERSION'))
    rmSync(join(baked.dir, '..'), { recursive: true })
    await bakeSchemaTemplate(cache)
    expect(
      readdirSync(root)
        .filter((name) => name.startsWith('pglite-'))
        .sort(),
    ).toEqual([`pglite-${schemaName()}`])
  }, 240_000)
})
