import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { join } from 'node:path'

/** What a command writes to; beside a running server it is the other end of a unix socket. */
export interface Io {
  out(line: string): void
  err(line: string): void
  /** Shown as a bar on a terminal, as JSON lines with `--json`. */
  progress(done: number, total: number, what: string): void
}

/** A command line as the server is asked to run it: paths are absolute, as the two may stand in different folders. */
export interface Order {
  argv: string[]
  cwd: string
}

export type Runner = (order: Order, io: Io) => Promise<number>

/** The socket that a command beside a running server talks to; its folder and the file itself are the owner's alone. */
export function socketPath(dataDir: string): string {
  const path = join(dataDir, 'qinba.sock')
  // A unix socket's path holds at most 107 bytes.
  return Buffer.byteLength(path) <= 100
    ? path
    : join('/tmp', `qinba-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}.sock`)
}

/** Lets commands run inside the server: one engine, one lock, one truth. Mode 0600. */
export async function listenForCommands(path: string, run: Runner): Promise<Server> {
  await rm(path, { force: true })
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (c: Buffer) => chunks.push(c))
    req.on('end', async () => {
      const say = (message: object) => void res.write(`${JSON.stringify(message)}\n`)
      const io: Io = {
        out: (out) => say({ out }),
        err: (err) => say({ err }),
        progress: (done, total, what) => say({ done, total, what }),
      }
      const code = await run(JSON.parse(Buffer.concat(chunks).toString()) as Order, io).catch((e: unknown) => {
        io.err(e instanceof Error ? e.message : String(e))
        return 1
      })
      res.end(`${JSON.stringify({ code })}\n`)
    })
  })
  const mask = process.umask(0o177)
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done))
  } finally {
    process.umask(mask)
  }
  return server
}

/** Asks a running server to run the command; undefined when none listens on the data folder. */
export async function askServer(path: string, order: Order, io: Io): Promise<number | undefined> {
  if (!existsSync(path)) return undefined
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
    req.end(JSON.stringify(order))
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
