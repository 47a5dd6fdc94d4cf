import { Gauge, type Registry } from 'prom-client'
import type { BlobStore, Waiting } from '../blobs.ts'

/** Puts on the page of /metrics what was acknowledged and is not yet in the object store; 0 where files lie in a folder. */
export function gaugeWaiting(registry: Registry, blobs: BlobStore): void {
  let asked: Promise<Waiting> | undefined
  // The three are collected at once: one look through the spool is enough for them.
  const look = () => {
    asked ??= blobs.waiting().finally(() => {
      asked = undefined
    })
    return asked
  }
  const gauge = (name: string, help: string, value: (w: Waiting) => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        this.set(value(await look()))
      },
    })
  gauge('qinba_spool_files', 'Files that wait for the object store', (w) => w.files)
  gauge('qinba_spool_bytes', 'Bytes that wait for the object store', (w) => w.bytes)
  gauge('qinba_spool_oldest_seconds', 'For how long the oldest file has waited for the object store', ({ since }) =>
    since ? (Date.now() - since.getTime()) / 1000 : 0,
  )
}
