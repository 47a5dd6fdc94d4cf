import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { isSegment } from './barrier.ts'
import { fsyncPath } from './disk.ts'

/** One step of the engine on its files, in the order in which it happened; `defer` is an fsync of a log segment that was put off. */
export interface Step {
  op: 'defer' | 'fsync-wal' | 'fsync' | 'write' | 'resize' | 'rename' | 'unlink'
  path: string
}

export interface DurableFilesOptions {
  dir: string
  /** An fsync failed: the kernel may have dropped the pages, so nothing may be acknowledged any more and this must not return. */
  onFailure: (error: Error) => never
  /** PostgreSQL's own log lines, or the engine's last words before it aborts. */
  onLog?: (line: string) => void
  /** Bytes that went to the write-ahead log. */
  onWal?: (bytes: number) => void
  /** For tests: every step that matters for the order of writes. */
  record?: (step: Step) => void
}

// The part of Emscripten's NODEFS that PGlite 0.5.8 carries and that is patched here.
interface Node {
  name: string
  parent: Node
}
interface Stream {
  node: Node
  /** Undefined for a folder: NODEFS never opens one on the host. */
  nfd?: number
}
interface NodeBackend {
  realPath(node: Node): string
  tryFSOperation<T>(work: () => T): T
  node_ops: {
    setattr(node: Node, attr: { size?: number }): void
    rename(node: Node, dir: Node, name: string): void
    unlink(dir: Node, name: string): void
    rmdir(dir: Node, name: string): void
  }
  stream_ops: {
    write(stream: Stream, buffer: ArrayBufferView, offset: number, length: number, position?: number): number
    fsync?(stream: Stream): number
  }
}

/**
 * PGlite's folder on the host, with an fsync that reaches the disk. Log segments alone may wait for the caller's barrier: their
 * fsync is remembered, and done before any other file is written, resized, renamed, removed or forced (log before data).
 */
export function durableFiles(o: DurableFilesOptions): NodeFS {
  const files = new NodeFS(o.dir)
  const init = files.init.bind(files)
  files.init = async (pg, options) => {
    const { emscriptenOpts } = await init(pg, options)
    if (o.onLog) emscriptenOpts.printErr = o.onLog
    // First: NODEFS hands its operations to each node as it is made, and the mount makes the first one.
    emscriptenOpts.preRun = [(m: { FS: unknown }) => patch(backendOf(m.FS), o), ...(emscriptenOpts.preRun ?? [])]
    return { emscriptenOpts }
  }
  return files
}

function backendOf(fs: unknown): NodeBackend {
  return (fs as { filesystems: { NODEFS: NodeBackend } }).filesystems.NODEFS
}

function patch(backend: NodeBackend, o: DurableFilesOptions): void {
  const wal = deferredWal(o)
  patchStreams(backend, wal, o)
  patchNodes(backend, wal, o)
}

interface DeferredWal {
  defer(path: string): void
  flush(): void
}

function deferredWal(o: DurableFilesOptions): DeferredWal {
  const waiting = new Set<string>()
  const flush = () => {
    for (const path of waiting) {
      forceOr(o.onFailure, () => fdatasyncPath(path))
      o.record?.({ op: 'fsync-wal', path })
    }
    waiting.clear()
  }
  const defer = (path: string) => {
    waiting.add(path)
    o.record?.({ op: 'defer', path })
  }
  return { defer, flush: () => (waiting.size > 0 ? flush() : undefined) }
}

function patchStreams({ stream_ops: ops, ...backend }: NodeBackend, wal: DeferredWal, o: DurableFilesOptions): void {
  const write = ops.write
  ops.write = (stream, buffer, offset, length, position) => {
    if (isWal(stream.node)) o.onWal?.(length)
    else {
      wal.flush()
      o.record?.({ op: 'write', path: backend.realPath(stream.node) })
    }
    return write(stream, buffer, offset, length, position)
  }
  ops.fsync = (stream) => {
    const path = backend.realPath(stream.node)
    if (isWal(stream.node)) wal.defer(path)
    else {
      wal.flush()
      forceOr(o.onFailure, () => (stream.nfd === undefined ? fsyncPath(path) : fsyncSync(stream.nfd)))
      o.record?.({ op: 'fsync', path })
    }
    return 0
  }
}

function patchNodes({ node_ops: ops, ...backend }: NodeBackend, wal: DeferredWal, o: DurableFilesOptions): void {
  const before = (op: Step['op'], node: Node, name?: string) => {
    wal.flush()
    o.record?.({ op, path: name === undefined ? backend.realPath(node) : `${backend.realPath(node)}/${name}` })
  }
  const { setattr, unlink, rmdir } = ops
  ops.setattr = (node, attr) => {
    if (attr.size !== undefined) before('resize', node)
    setattr(node, attr)
  }
  ops.unlink = (dir, name) => {
    before('unlink', dir, name)
    unlink(dir, name)
  }
  ops.rmdir = (dir, name) => {
    before('unlink', dir, name)
    rmdir(dir, name)
  }
  // NODEFS would first try to unlink the host's path inside its own tree; a plain rename(2) replaces in one step.
  ops.rename = (node, dir, name) => {
    before('rename', node)
    backend.tryFSOperation(() => renameSync(backend.realPath(node), `${backend.realPath(dir)}/${name}`))
    node.name = name
  }
}

function isWal(node: Node): boolean {
  return node.parent.name === 'pg_wal' && isSegment(node.name)
}

function fdatasyncPath(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fdatasyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function forceOr(fail: (e: Error) => never, force: () => void): void {
  try {
    force()
  } catch (e) {
    fail(e as Error)
  }
}
