import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { constants, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { isPostgisCore, slimBundle } from './bundle.ts'
import { fsyncParents, fsyncPath, fsyncTree } from './disk.ts'
import type { Order } from './messages.ts'
import { spawnChild } from './spawn.ts'

/** A baked folder with PostGIS in it, and the slim bundle that goes with it. */
export interface Template {
  dir: string
  bundle: string
}

/** Where templates are kept unless a caller says otherwise; named after every version that a template depends on. */
export function templateCache(): string {
  const versions = ['@electric-sql/pglite', '@electric-sql/pglite-postgis'].map(versionOf).join('-')
  return resolve(import.meta.dirname, '../../../node_modules/.cache/qinba', `pglite-${versions}-r${RECIPE}`)
}

/** The template of this version set, made on first use (about 12 s); undefined where the cache cannot be written. */
export async function bakeTemplate(cache = templateCache()): Promise<Template | undefined> {
  const template = { dir: join(cache, 'data'), bundle: join(cache, 'postgis.tar.gz') }
  if (existsSync(template.dir)) return template
  const draft = await draftFolder(cache)
  if (!draft) return undefined
  try {
    await bakeInto(draft)
    // Whoever is first wins; a second baker finds the folder in place and throws its own away.
    await rename(draft, cache).catch((e: NodeJS.ErrnoException) => {
      if (e.code !== 'ENOTEMPTY' && e.code !== 'EEXIST') throw e
    })
    return template
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** What was baked upon the template under this name, if it was. */
export function findBaked(name: string, cache = templateCache()): Template | undefined {
  const baked = { dir: join(`${cache}-${name}`, 'data'), bundle: join(cache, 'postgis.tar.gz') }
  return existsSync(baked.dir) && existsSync(baked.bundle) ? baked : undefined
}

/**
 * Bakes more into a copy of the template: `prepare` may start an engine on the folder it is given, and has to stop it. The name has to say
 * everything that the content depends on. What was baked under other names is removed; undefined where the cache cannot be written.
 */
export async function bakeUpon(
  name: string,
  prepare: (o: { dir: string; template: Template }) => Promise<void>,
  cache = templateCache(),
): Promise<Template | undefined> {
  const template = await bakeTemplate(cache)
  const found = findBaked(name, cache)
  if (found || !template) return found
  const draft = await draftFolder(cache)
  if (!draft) return undefined
  try {
    await prepare({ dir: join(draft, 'data'), template })
    await fsyncTree(draft)
    await rename(draft, `${cache}-${name}`).catch((e: NodeJS.ErrnoException) => {
      if (e.code !== 'ENOTEMPTY' && e.code !== 'EEXIST') throw e
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  await removeOthers(name, cache)
  return findBaked(name, cache)
}

async function removeOthers(name: string, cache: string): Promise<void> {
  const prefix = `${basename(cache)}-`
  const others = (await readdir(dirname(cache))).filter((n) => n.startsWith(prefix) && n !== `${prefix}${name}`)
  for (const other of others) await rm(join(dirname(cache), other), { recursive: true, force: true })
}

/** Makes `dir` a database folder unless it is one; a set-up cut short is begun anew, a folder with other things in it is refused. */
export async function prepareFolder(dir: string, o: { durable: boolean; template: Template | undefined }): Promise<void> {
  const marker = join(dir, MARKER)
  const names = (await readdir(dir)).filter((name) => !/^(qinba(-engine)?\.lock.*|qinba-engine\.socket|lost\+found)$/.test(name))
  // A folder that was restored or copied here may not be on disk yet; for one that is, this takes a tenth of a second.
  if (names.includes('PG_VERSION') && !names.includes(MARKER)) return o.durable ? fsyncTree(dir) : undefined
  if (names.length > 0 && !names.includes(MARKER))
    throw new Error(`${dir} is neither empty nor a database: ${names.slice(0, 3).join(', ')}`)
  await writeFile(marker, 'set-up has begun and not ended\n')
  if (o.durable) fsyncPath(dir)
  for (const name of names) if (name !== MARKER) await rm(join(dir, name), { recursive: true })
  if (o.template) await cp(o.template.dir, dir, { recursive: true, mode: constants.COPYFILE_FICLONE })
  else await runBake(dir)
  if (o.durable) await fsyncTree(dir)
  await rm(marker)
  if (o.durable) fsyncPath(dir)
  if (o.durable) await fsyncParents(dir)
}

const MARKER = 'qinba-set-up'
// Raise when what is baked changes though no version did.
const RECIPE = 1

async function draftFolder(cache: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(cache), { recursive: true })
    return await mkdtemp(`${cache}.draft-`)
  } catch {
    return undefined
  }
}

async function bakeInto(draft: string): Promise<void> {
  await mkdir(join(draft, 'data'), { mode: 0o700 })
  await runBake(join(draft, 'data'))
  slimBundle(
    join(packageRoot('@electric-sql/pglite-postgis'), 'dist/postgis.tar.gz'),
    join(draft, 'postgis.tar.gz'),
    isPostgisCore,
  )
  await fsyncTree(draft)
}

async function runBake(dir: string): Promise<void> {
  const order: Order = { task: 'bake', dir, socket: '', parent: process.pid }
  const child = spawnChild(order)
  let why = ''
  child.on('message', (m) => {
    why = JSON.stringify(m)
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the database folder could not be made (exit ${code}) ${why}`)
}

function packageRoot(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name)
  return entry.slice(0, entry.lastIndexOf(`node_modules/${name}`) + `node_modules/${name}`.length)
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8')) as { version: string }
  return version
}
