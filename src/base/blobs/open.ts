import { type BlobStore, openBlobs } from '../blobs.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { openS3Blobs } from './s3.ts'

/** The blob store that the environment names: a folder, or an object store with a folder before it. */
export async function openBlobStore({ s3, blobDir }: Pick<Config, 's3' | 'blobDir'>, log: Log): Promise<BlobStore> {
  return s3 ? openS3Blobs({ place: s3, spoolDir: blobDir, log }) : openBlobs(blobDir)
}
