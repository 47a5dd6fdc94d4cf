import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3Place } from '../src/base/blobs/s3-place.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'

// The package has no types of its own.
const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (
  o: object,
) => { run(): Promise<{ port: number }>; close(): Promise<void> }

/** An object store on a real socket, behind a line that can be made bad. */
export interface TestS3 {
  place: S3Place
  line: FaultProxy
  /** Where it keeps its files, for looking behind its back. */
  dir: string
  close(): Promise<void>
}

/**
 * Starts an object store with an empty bucket. It reckons signatures of requests on a bucket over another path than the one that was
 * signed, so those are looked at only in `strict` mode, where requests on a bucket fail and those on objects are judged rightly.
 */
export async function startS3(o: { strict?: boolean } = {}): Promise<TestS3> {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-s3-'))
  const quiet = { address: '127.0.0.1', port: 0, silent: true, directory: dir }
  const server = new S3rver({ ...quiet, allowMismatchedSignatures: !o.strict, configureBuckets: [{ name: 'qinba' }] })
  const { port } = await server.run()
  const line = await startFaultProxy(port)
  return {
    place: {
      bucket: 'qinba',
      prefix: 'evidence/',
      endpoint: `http://127.0.0.1:${line.port}`,
      region: 'us-east-1',
      pathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    line,
    dir,
    async close() {
      await line.close()
      await server.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
