import { randomBytes } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Room that is kept for the worst moment: a file of real blocks, given back when the disk is full so that the engine can open. */
export interface Ballast {
  /** How large it is; 0 when there is none. */
  bytes(): number
  /** Writes the file; gives up quietly when there is no room, when `release` is called meanwhile, or when another process is at it. */
  make(bytes: number): Promise<void>
  release(): void
}

const CHUNK = 1024 * 1024
const ABANDONED_MS = 60_000

/** The ballast of a data folder. */
export function ballastIn(dir: string): Ballast {
  const file = join(dir, 'ballast')
  const draft = `${file}.tmp`
  let released = 0
  return {
    bytes: () => lookAt(file)?.size ?? 0,
    async make(bytes) {
      const before = released
      const left = lookAt(draft)
      if (left && Date.now() - left.mtimeMs > ABANDONED_MS) rmSync(draft, { force: true })
      try {
        await fill(draft, bytes, () => released === before)
        if (released === before) await rename(draft, file)
      } catch (e) {
        if (codeOf(e) === 'EEXIST') return
        if (!isNoRoom(e)) throw e
      }
      await rm(draft, { force: true })
    },
    release() {
      released++
      for (const name of [file, draft]) rmSync(name, { force: true })
    },
  }
}

/** Whether an error of the file system says that there is no room, or that the quota is used up. */
export const isNoRoom = (e: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(e))

const codeOf = (e: unknown) => (e instanceof Error && 'code' in e ? String(e.code) : '')
const lookAt = (file: string) => statSync(file, { throwIfNoEntry: false })

// What cannot be compressed: a file system that does so would keep next to no blocks for zeros.
async function fill(file: string, bytes: number, goesOn: () => boolean): Promise<void> {
  const f = await open(file, 'wx', 0o600)
  try {
    for (let left = bytes; left > 0 && goesOn(); left -= CHUNK) await f.writeFile(randomBytes(Math.min(left, CHUNK)))
    await f.sync()
  } finally {
    await f.close()
  }
}
