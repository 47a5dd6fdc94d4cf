import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from '../../test/server.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
/** As `npm start` starts it. */
const FLAGS = scripts.start.split(' ').filter((word) => word.startsWith('--'))

/** A process of ours under measurement. */
export interface Measured {
  url: string
  rssMiB(): number
  stop(): Promise<void>
}

/** Starts a script with PORT set and waits until a path answers 200. */
export async function start(
  script: string,
  o: { env: Record<string, string>; ready: string; args?: string[] },
): Promise<Measured> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...FLAGS, join(ROOT, script), ...(o.args ?? [])], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...o.env, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (let tries = 0; (await fetch(url + o.ready).catch(() => undefined))?.status !== 200; tries++) {
    if (tries > 600 || child.exitCode !== null) throw new Error(`${script} does not answer`)
    await new Promise((again) => setTimeout(again, 100))
  }
  return { url, rssMiB: () => rssOf(child), stop: () => end(child) }
}

function rssOf(child: ChildProcess): number {
  const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
  return Math.round(Number(found?.[1] ?? 0) / 1024)
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  await ended
}

/** A session of a demo account: the headers that its requests carry. */
export async function signIn(url: string, o: { dataDir: string; username: string }): Promise<Record<string, string>> {
  const accounts = JSON.parse(readFileSync(join(o.dataDir, 'demo-accounts.json'), 'utf8')) as {
    username: string
    password: string
  }[]
  const account = accounts.find((a) => a.username === o.username)
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  if (answer.status !== 201) throw new Error(`${o.username} cannot sign in: ${await answer.text()}`)
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, 'x-csrf-token': csrfToken }
}
