import { closeSync, fsyncSync, openSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Forces one file or folder to disk; throws what the disk answers. */
export function fsyncPath(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Forces every file below `dir`, then every folder below it, and at last `dir` itself to disk. */
export async function fsyncTree(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const path = (e: (typeof entries)[number]) => join(e.parentPath, e.name)
  await inParallel(entries.filter((e) => e.isFile()).map(path))
  await inParallel(entries.filter((e) => e.isDirectory()).map(path))
  await fsyncOne(dir)
}

/** Forces the names that lead to `dir` to disk; a parent that we may not open is not ours to have changed. */
export async function fsyncParents(dir: string): Promise<void> {
  for (let at = resolve(dir); at !== dirname(at); at = dirname(at)) {
    try {
      await fsyncOne(dirname(at))
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'EIO') throw e
    }
  }
}

async function inParallel(paths: string[]): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) await fsyncOne(path)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}

async function fsyncOne(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
