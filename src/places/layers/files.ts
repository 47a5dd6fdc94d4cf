import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '../../base/blobs.ts'

/** Where files of layers stand: the blob store has the truth, the folder has what is being read and copies of DEMs. */
export type LayerFiles = { blobs: BlobStore; settings: { layerDir: string } }

/** Runs work with a path of its own for a file that is gone afterwards. */
export async function withScratch<T>({ settings }: LayerFiles, work: (path: string) => Promise<T>): Promise<T> {
  const folder = join(settings.layerDir, 'tmp')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  try {
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** Copies a blob to a path. */
export async function copyBlob({ blobs }: LayerFiles, sha: string, path: string): Promise<void> {
  await pipeline(blobs.stream(sha), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

/** Forgets the local copy of a DEM that was refused; the next who needs it makes it anew. */
export async function dropDem({ settings }: LayerFiles, sha: string): Promise<void> {
  await rm(join(settings.layerDir, `${sha}.tif`), { force: true })
}

/** The local copy of a DEM by its hash; made of the blob when it is not there, whole or not at all. */
export async function demFile(files: LayerFiles, sha: string): Promise<string> {
  const path = join(files.settings.layerDir, `${sha}.tif`)
  if (await stat(path).catch(() => undefined)) return path
  await withScratch(files, async (draft) => {
    await copyBlob(files, sha, draft)
    await rename(draft, path)
  })
  return path
}
