import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk in memory, which somebody else fills. */
export interface SmallDisk {
  mount: string
  free(): number
  /** Takes everything but `leaving` bytes. */
  fill(leaving?: number): void
  /** Gives back what was taken. */
  clear(): void
  destroy(): void
}

const PIECE = Buffer.alloc(64 * 1024, 1)

/** Mounts a disk of so many megabytes; undefined where nothing can be mounted. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const root = mkdtempSync(join(tmpdir(), 'qinba-small-'))
  const mount = join(root, 'mnt')
  chmodSync(root, 0o755) // PostgreSQL runs as somebody else
  mkdirSync(mount)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', mount]).status !== 0) {
    rmSync(root, { recursive: true, force: true })
    return undefined
  }
  const filler = join(mount, 'filler')
  const free = () => {
    const s = statfsSync(mount)
    return s.bavail * s.bsize
  }
  return {
    mount,
    free,
    fill(leaving = 0) {
      const f = openSync(filler, 'a')
      try {
        for (let left = free() - leaving; left > 0; left = free() - leaving)
          writeSync(f, PIECE, 0, Math.min(PIECE.length, Math.ceil(left)))
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code !== 'ENOSPC') throw e
      } finally {
        closeSync(f)
      }
    },
    clear: () => rmSync(filler, { force: true }),
    destroy() {
      spawnSync('umount', ['-l', mount])
      rmSync(root, { recursive: true, force: true })
    },
  }
}
