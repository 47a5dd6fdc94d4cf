import type { BlobStore } from '../blobs.ts'
import type { Database } from '../db.ts'
import { hashesIn } from './mentions.ts'
import { pacer, readPages } from './pages.ts'
import { listTables } from './tables.ts'

/** How long a file may lie in the store without a row that mentions it, and how long it is then kept aside. */
export const ORPHAN_MS = 24 * 3600 * 1000

/** What a sweep did. */
export interface Swept {
  /** Files that no row mentions, out of their place since now. */
  setAside: number
  /** Set aside a day ago and still mentioned by nobody: gone. */
  removed: number
  /** Set aside, and mentioned after all. */
  putBack: number
  /** What uploads that were cut short left behind. */
  temporary: number
}

/**
 * Clears the store of what refused uploads left: a file that no row mentions and that is older than a day is set aside, and ends a
 * day later. An upload of the same bytes meanwhile makes the file young again, and the store does not move a young one; what is set
 * aside and mentioned is put back. So a row that is about to be written never loses its file.
 */
export async function sweepOrphans(o: { database: Database; blobs: BlobStore; now: Date }): Promise<Swept> {
  const before = new Date(o.now.getTime() - ORPHAN_MS)
  const aside = await oldest(o.blobs, { aside: true })
  const unmentioned = new Set((await oldest(o.blobs)).filter((f) => f.youngest <= before).map((f) => f.sha256))
  const lost = new Set(aside.map((f) => f.sha256))
  if (unmentioned.size + lost.size > 0) await forgetMentioned(o.database, [unmentioned, lost])
  const swept: Swept = { setAside: 0, removed: 0, putBack: 0, temporary: await o.blobs.clearTemporary(before) }
  for (const { sha256, youngest } of aside) {
    if (!lost.has(sha256)) {
      await o.blobs.putBack(sha256)
      swept.putBack++
    } else if (youngest <= before) {
      await o.blobs.removeAside(sha256)
      swept.removed++
    }
  }
  for (const sha256 of unmentioned) if (await o.blobs.setAside(sha256, before)) swept.setAside++
  return swept
}

/** How many files in place no row mentions, whatever their age. */
export async function countOrphans(database: Database, blobs: BlobStore): Promise<number> {
  const stored = new Set((await oldest(blobs)).map((f) => f.sha256))
  await forgetMentioned(database, [stored])
  return stored.size
}

async function oldest(blobs: BlobStore, o?: { aside: boolean }): Promise<{ sha256: string; youngest: Date }[]> {
  const found = new Map<string, Date>()
  for await (const { sha256, at } of blobs.list(o)) {
    const known = found.get(sha256)
    if (!known || known < at) found.set(sha256, at)
  }
  return [...found].map(([sha256, youngest]) => ({ sha256, youngest }))
}

// Any row of any table, in pages: what a context calls its column does not matter, a hash that is written anywhere is meant.
async function forgetMentioned(database: Database, hashes: Set<string>[]): Promise<void> {
  const pages = pacer()
  for (const table of await listTables(database.owner))
    for await (const line of readPages(database.owner, table, { pages }))
      for (const hash of hashesIn(line)) for (const set of hashes) set.delete(hash)
}
