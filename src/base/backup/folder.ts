import { existsSync } from 'node:fs'
import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../db.ts'
import { syncFolderOf } from '../journal/checkpoint.ts'
import { isUnfinished } from './target.ts'

/** Exists in the data folder while a restore is under way. */
const MARK = 'restore-unfinished'
// What a restore puts there; the rest (lock, socket, an operator's maps) is no hindrance.
const CONTENTS = ['pg', 'blobs', 'keys', 'secret', 'demo-accounts.json']

/** Refuses to start on a data folder or a database that a restore did not finish. */
export async function refuseUnfinished(dataDir: string, database?: Database): Promise<void> {
  if (!existsSync(join(dataDir, MARK)) && !(database && (await isUnfinished(database.owner)))) return
  throw new Error(
    '上一次恢复没有完成，数据不完整；请再次运行 qinba restore / a restore was begun and did not end, what is there is not whole: run `qinba restore FILE` again',
  )
}

/** Refuses a data folder that holds anything that a restore would put there. */
export async function refuseFullFolder(dataDir: string): Promise<void> {
  const held = await Promise.all(CONTENTS.map(async (name) => ((await holdsSomething(join(dataDir, name))) ? name : undefined)))
  const full = held.filter((name) => name !== undefined)
  if (full.length > 0)
    throw new Error(`${dataDir} 不是空的 / is not empty: it holds ${full.join(', ')}; restore into an empty DATA_DIR`)
}

async function holdsSomething(path: string): Promise<boolean> {
  try {
    return (await readdir(path, { recursive: true, withFileTypes: true })).some((e) => e.isFile())
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'ENOTDIR'
  }
}

/** Says in the folder itself that what is there is not whole. */
export async function markFolder(dataDir: string, file: string): Promise<void> {
  await writeDurably(join(dataDir, MARK), Buffer.from(`${file}\n`), 0o600)
}

/** Takes the mark away: what is there is whole. */
export async function unmarkFolder(dataDir: string): Promise<void> {
  await rm(join(dataDir, MARK), { force: true })
  await syncFolderOf(join(dataDir, MARK))
}

/** Empties a marked folder: it was empty when it was marked, so all that is in it came from the restore. */
export async function clearFolder(dataDir: string): Promise<void> {
  for (const name of CONTENTS) await rm(join(dataDir, name), { recursive: true, force: true })
  await unmarkFolder(dataDir)
}

/** Empties the folder where a restore was cut short; whether there was one. */
export async function clearUnfinished(dataDir: string): Promise<boolean> {
  if (!existsSync(join(dataDir, MARK))) return false
  await clearFolder(dataDir)
  return true
}

/** Writes a new file so that it survives a power cut; Error where there is one of this name. */
export async function writeDurably(file: string, content: Buffer, mode: number): Promise<void> {
  const f = await open(file, 'wx', mode)
  try {
    await f.writeFile(content)
    await f.sync()
  } finally {
    await f.close()
  }
  await syncFolderOf(file)
}
