import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pieces } from './table.ts'

/** A folder that is there for as long as the pieces are read, however the reading ends. */
export async function* inFolder(make: (dir: string) => Pieces): Pieces {
  const dir = await mkdtemp(join(tmpdir(), 'qinba-export-'))
  try {
    yield* make(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** A file piece by piece. */
export async function* filePieces(path: string): Pieces {
  for await (const piece of createReadStream(path)) yield piece as Buffer
}
