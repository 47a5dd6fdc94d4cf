import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'

/** What a command writes to; beside a running server it is the other end of a unix socket. */
export interface Io {
  out(line: string): void
  err(line: string): void
  /** Shown as a bar on a terminal, as JSON lines with `--json`. */
  progress(done: number, total: number, what: string): void
  /** Fires when the one who asked has gone (Ctrl-C): long work stops and leaves nothing half-done. */
  signal?: AbortSignal
}

/** A command line as the server is asked to run it: paths are absolute, as the two may stand in different folders. */
export interface Order {
  argv: string[]
  cwd: string
  /** By it the one who asked can ask to stop, and still hear how far it came. */
  id?: string
}

export type Runner = (order: Order, io: Io) => Promise<number>

/**
 * The socket that a command beside a running server talks to, in the data folder, which is the owner's alone. Undefined when its
 * path would be too long: a name that anybody could guess, in a folder where anybody may write, is no place for it.
 */
export function socketPath(dataDir: string): string | undefined {
  const path = join(dataDir, 'qinba.sock')
  // A unix socket's path holds at most 107 bytes.
  return Buffer.byteLength(path) <= 100 ? path : undefined
}

/** Lets commands run inside the server: one engine, one lock, one truth. Mode 0600. Without a path it says so and listens to nobody. */
export async function listenForCommands(
  path: string | undefined,
  run: Runner,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<{ close(): void }> {
  if (path === undefined) {
    say('no command can join this server: the path of DATA_DIR is too long for a unix socket (at most 89 bytes)')
    return { close() {} }
  }
  await rm(path, { force: true })
  const running: Running = new Map()
  const server = createServer(
    (req, res) => void (req.method === 'DELETE' ? stop(running, req, res) : answer(run, running, { req, res })),
  )
  const mask = process.umask(0o177)
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done))
  } finally {
    process.umask(mask)
  }
  return {
    close() {
      for (const gone of running.values()) gone.abort(new Error('已中止 / stopped: the server stops'))
      server.close()
    },
  }
}

type Running = Map<string, AbortController>

function stop(running: Running, req: IncomingMessage, res: ServerResponse): void {
  running.get((req.url ?? '').slice(1))?.abort(new Error('已中止 / stopped'))
  res.writeHead(204).end()
}

// Whatever goes wrong here is answered with a line and code 1: the server serves others too.
async function answer(run: Runner, running: Running, { req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<void> {
  const gone = new AbortController()
  res.on('error', () => {}) // the one who asked went away; a command that does not heed the signal goes on
  res.on('close', () => gone.abort(new Error('已中止 / stopped: the one who asked went away')))
  const say = (message: object) => {
    if (!res.writableEnded) res.write(`${JSON.stringify(message)}\n`)
  }
  const io: Io = {
    out: (out) => say({ out }),
    err: (err) => say({ err }),
    progress: (done, total, what) => say({ done, total, what }),
    signal: gone.signal,
  }
  let code = 1
  let id: string | undefined
  try {
    const order = await readOrder(req)
    id = order.id
    if (id !== undefined) running.set(id, gone)
    code = await run(order, io)
  } catch (e) {
    io.err(e instanceof Error ? e.message : String(e))
  } finally {
    if (id !== undefined) running.delete(id)
  }
  res.end(`${JSON.stringify({ code })}\n`)
}

async function readOrder(req: IncomingMessage): Promise<Order> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const found = JSON.parse(Buffer.concat(chunks).toString()) as Partial<Order> | null
  const { argv, cwd, id } = found ?? {}
  if (!Array.isArray(argv) || argv.some((word) => typeof word !== 'string') || typeof cwd !== 'string')
    throw new Error('an order is {"argv": ["…"], "cwd": "…"}')
  return { argv, cwd, ...(typeof id === 'string' && { id }) }
}

/** Asks a running server to run the command, and to stop it when the signal fires; undefined when none listens on the data folder. */
export async function askServer(path: string | undefined, order: Order, io: Io): Promise<number | undefined> {
  if (path === undefined || !existsSync(path)) return undefined
  const id = randomUUID()
  io.signal?.addEventListener('abort', () =>
    request({ socketPath: path, method: 'DELETE', path: `/${id}` })
      .on('error', () => {})
      .end(),
  )
  return new Promise((done, fail) => {
    const req = request({ socketPath: path, method: 'POST', path: '/' }, (res) => {
      let rest = ''
      let code = 1
      res.setEncoding('utf8')
      res.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) code = hear(line, io) ?? code
      })
      res.on('end', () => done(code))
      res.on('error', fail)
    })
    req.on('error', (e: NodeJS.ErrnoException) => (e.code === 'ECONNREFUSED' || e.code === 'ENOENT' ? done(undefined) : fail(e)))
    req.end(JSON.stringify({ ...order, id }))
  })
}

interface Heard {
  out?: string
  err?: string
  done?: number
  total?: number
  what?: string
  code?: number
}

function hear(line: string, io: Io): number | undefined {
  const heard = JSON.parse(line) as Heard
  if (heard.out !== undefined) io.out(heard.out)
  if (heard.err !== undefined) io.err(heard.err)
  if (heard.done !== undefined) io.progress(heard.done, heard.total ?? 0, heard.what ?? '')
  return heard.code
}

/** The terminal: a bar that rewrites its line, or JSON lines. */
export function terminal(o: { json: boolean }): Io {
  const bar = process.stderr.isTTY && !o.json
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${bar ? '\r\x1b[K' : ''}${line}\n`),
    progress(done, total, what) {
      if (o.json) process.stderr.write(`${JSON.stringify({ done, total, what })}\n`)
      else if (bar)
        process.stderr.write(`\r\x1b[K${what} ${done}/${total} ${'█'.repeat(total ? Math.round((30 * done) / total) : 0)}`)
    },
  }
}
