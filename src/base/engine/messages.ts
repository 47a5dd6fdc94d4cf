/** What the engine's process is asked to do; `bake` makes a template folder and ends. */
export interface Order {
  task: 'durable' | 'stock' | 'bake'
  dir: string
  /** Path of the unix socket to listen on; unused when baking. */
  socket: string
  parent: number
  /** A PostGIS bundle without the parts that the product never loads; the full one when absent. */
  bundle?: string
}

/** What the parent tells the engine's process. */
export type ToChild = { say: 'ping'; n: number } | { say: 'stop' }

/** What the engine's process tells its parent. */
export type FromChild = { say: 'ready' } | { say: 'pong'; n: number } | { say: 'failed'; why: string }

/** Exit codes of the engine's process, after sysexits.h: a bug, a disk that failed, and a state that a restart may cure. */
export const exits = { software: 70, disk: 74, retry: 75 } as const

/** The lock that the engine's process itself holds on its folder: an orphan is found by it. */
export const CHILD_LOCK = 'qinba-engine.lock'

/** Where the engine's folder remembers its socket. */
export const SOCKET_NOTE = 'qinba-engine.socket'
