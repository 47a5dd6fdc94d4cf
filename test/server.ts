import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')

/** The product as a user runs it: a process of its own on a data folder. */
export interface RunningServer {
  url: string
  child: ChildProcess
  /** Signs in with a demo account and returns the headers that writes carry. */
  signIn(username: string): Promise<Record<string, string>>
  /** kill -9, as the machine would. */
  kill(): Promise<void>
  /** Resolves with its exit code when it has ended, whoever ended it. */
  ended: Promise<number | null>
  /** The last of what it printed. */
  said(): string
  /** Asks it to stop and waits. */
  stop(): Promise<number | null>
}

/** Starts `node src/main.ts` and waits until /readyz answers 200; rejects with what it printed when it ends before. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (said = (said + text).slice(-4000)))
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${said}`)
      return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
    })
  } catch (e) {
    child.kill('SIGKILL')
    throw new Error(`${e instanceof Error ? e.message : String(e)} ${said}`, { cause: e })
  }
  return {
    url,
    child,
    ended,
    said: () => said,
    signIn: (username) => signIn(url, dataDir, username),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

async function signIn(url: string, dataDir: string, username: string): Promise<Record<string, string>> {
  const accounts = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    username: string
    password: string
  }[]
  const account = accounts.find((a) => a.username === username)
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  if (answer.status !== 201) throw new Error(`${username} cannot sign in: ${await answer.text()}`)
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  return {
    cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
    'x-csrf-token': csrfToken,
    'content-type': 'application/json',
  }
}

async function until(isTrue: () => Promise<boolean>, ms = 120_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await isTrue()) return
    await new Promise((again) => setTimeout(again, 100))
  }
  throw new Error('it did not come to pass in time')
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
