import type { KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Migration } from 'kysely/migration'
import type { BlobStore } from '../blobs.ts'
import type { Database } from '../db.ts'
import { appendEvents } from '../journal/store.ts'
import { migrate } from '../migrate.ts'
import { Differs, type Verified } from './check.ts'
import type { Head } from './format.ts'
import { type Loader, openLoader } from './load.ts'
import { readBackup } from './read.ts'
import { markUnfinished } from './target.ts'
import { findGaps } from './walls.ts'

/** What a verified backup is restored into. */
export interface Target {
  database: Database
  blobs: BlobStore
  migrations: Record<string, Migration>
}

/** Which file, as it was verified before. */
export interface Source extends Verified {
  file: string
  identity?: KeyObject | undefined
  signal?: AbortSignal | undefined
  progress?(done: number, total: number): void
}

/** Refuses a backup that this release cannot bring forward: one with migrations that it does not know. */
export function refuseNewer(head: Head, migrations: Record<string, Migration>): void {
  const unknown = head.level.find((name) => !(name in migrations))
  if (unknown)
    throw new Differs(
      `备份来自更新的版本 / the backup is of release ${head.release}, which has ${unknown}: update the product first`,
    )
}

/**
 * Fills an empty database, marked as unfinished, with the rows of a backup at its own level, brings them forward to today's schema,
 * and stores its files. Gives the small files that belong into the data folder. The mark is taken away by the caller, when all is proved.
 */
export async function restoreInto({ database, blobs, migrations }: Target, source: Source): Promise<Map<string, Buffer>> {
  const extras = new Map<string, Buffer>()
  const damaged = new Set(source.end.files.damaged)
  await markUnfinished(database.owner)
  let loader: Loader | undefined
  await database.unwatched(() =>
    readBackup({
      ...source,
      taker: {
        async head(head) {
          await migrate(database, Object.fromEntries(head.level.map((name) => [name, migrations[name]!])))
          loader = await openLoader(database.owner, head)
        },
        table: (name, content) => loader!.table(name, content),
        extra: async (name, content) => void extras.set(name, content),
        async file({ sha256, suffix }, content) {
          if (damaged.has(sha256)) return
          if (suffix === '') await blobs.put(content)
          else await blobs.putDerived(sha256, suffix, await buffer(content))
        },
      },
    }),
  )
  await database.unwatched(async () => {
    await loader!.end()
    await migrate(database, migrations)
    await database.vacuum()
  })
  const [gap] = await findGaps(database.owner)
  if (gap) throw new Error(`行级安全不完整 / the second wall is not whole after the restore: ${gap}`)
  return extras
}

/** What the journal is told of a restore. */
export interface Restored {
  backup: string
  createdAt: string
  release: string
  size: number
  /** The newest checkpoint kept outside, where it knew more events than the backup has. */
  missing?: { checkpointSize: number; checkpointAt: string }
}

/** Puts the restore on the record, as the last thing: who looks at the journal later sees where its story was cut. */
export async function journalRestore(database: Database, tenant: number, o: Restored & { at: Date }): Promise<void> {
  const { at, ...data } = o
  const by = { account: 'system', name: '命令行' }
  await database.begin(tenant, (db) =>
    appendEvents(db, tenant, [
      { tenant, context: 'restore', subject: randomUUID(), subjectSeq: 1, kind: 'restored', at: at.toISOString(), by, data },
    ]),
  )
  await database.barrier()
}
