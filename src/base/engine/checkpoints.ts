import type { PGlite } from '@electric-sql/pglite'
import { oneReadyPerSync } from './protocol.ts'

type ExecStream = PGlite['execProtocolRawStream']

// PostgreSQL's single-user mode never checkpoints by itself: the log would grow until the disk is full.
const WAL_LIMIT = 64 * 1024 * 1024

/** Counts log bytes and says when a checkpoint is due; `done` begins the count anew. */
export interface WalCount {
  add(bytes: number): void
  isDue(): boolean
  done(): void
}

/** A count that asks for a checkpoint after `limit` bytes of log (64 MB: about a second of recovery). */
export function walCount(limit = WAL_LIMIT): WalCount {
  let bytes = 0
  return {
    add: (more) => {
      bytes += more
    },
    isDue: () => bytes >= limit,
    done: () => {
      bytes = 0
    },
  }
}

/**
 * Wraps the door through which the socket's messages reach PGlite: a new connection starts with a clean session, a checkpoint
 * runs between two requests when it is due, and anything thrown ends the process (the socket's queue would stay stuck).
 */
export function tendSession(db: PGlite, wal: WalCount, fail: (error: Error) => never): void {
  const run: ExecStream = oneReadyPerSync(db.execProtocolRawStream.bind(db))
  const quietly = (sql: string) => run(simpleQuery(sql), { onRawData: () => {} })
  db.execProtocolRawStream = async (message, options) => {
    try {
      if (isStartup(message)) for (const sql of ['rollback', 'discard all']) await quietly(sql)
      await run(message, options)
      if (wal.isDue() && endsRequest(message) && !db.isInTransaction()) {
        wal.done()
        await quietly('checkpoint')
      }
    } catch (e) {
      fail(e as Error)
    }
  }
}

function isStartup(message: Uint8Array): boolean {
  return message[0] === 0
}

// Sync and Query; between Parse and Sync a second query would destroy the client's unnamed statement.
function endsRequest(message: Uint8Array): boolean {
  return message[0] === 0x53 || message[0] === 0x51
}

function simpleQuery(sql: string): Uint8Array {
  const body = Buffer.from(`${sql}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
