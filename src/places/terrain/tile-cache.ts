import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Tiles that were made once, in a folder that never grows far beyond `maxBytes`: the oldest go first. */
export interface TileCache {
  get(name: string): Promise<Buffer | undefined>
  put(name: string, content: Buffer): Promise<void>
}

const TRIM_EVERY = 64

/** Opens the cache on a folder; what is in it may be lost at any time. */
export function openTileCache(folder: string, maxBytes: number): TileCache {
  return {
    get: (name) => readFile(join(folder, checked(name))).catch(() => undefined),
    async put(name, content) {
      const path = join(folder, checked(name))
      await mkdir(dirname(path), { recursive: true })
      const draft = `${path}.${randomUUID()}.part`
      await writeFile(draft, content, { mode: 0o600 })
      await rename(draft, path)
      if (isTurn(name)) await trim(folder, maxBytes)
    },
  }
}

function checked(name: string): string {
  if (!/^[0-9a-z]+(\/[0-9]+)*\.[a-z]+$/.test(name)) throw new Error(`no name of a tile: ${name.slice(0, 80)}`)
  return name
}

// Every so many-eth tile by its name looks through the folder, so that nothing need be counted between requests.
function isTurn(name: string): boolean {
  let sum = 0
  for (const char of name) sum = (sum * 31 + char.charCodeAt(0)) % 65_536
  return sum % TRIM_EVERY === 0
}

/** Removes the oldest tiles until four fifths of `maxBytes` are left; nothing while the folder is smaller than that. */
export async function trim(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = await Promise.all(
    names.filter((entry) => entry.isFile()).map((entry) => weigh(join(entry.parentPath, entry.name))),
  )
  let total = files.reduce((sum, file) => sum + file.bytes, 0)
  if (total <= maxBytes) return
  for (const file of files.sort((a, b) => a.at - b.at)) {
    if (total <= maxBytes * 0.8) return
    await rm(file.path, { force: true })
    total -= file.bytes
  }
}

async function weigh(path: string): Promise<{ path: string; bytes: number; at: number }> {
  const found = await stat(path).catch(() => undefined)
  return { path, bytes: found?.size ?? 0, at: found?.mtimeMs ?? 0 }
}
