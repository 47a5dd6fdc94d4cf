import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

/**
 * What a command of the product did, how long it took, what it and its children used of the processors and held at one moment at
 * most; `ownMb` is the process without its children (the engine, the reader of the sheet).
 */
export type Ran = { code: number | null; out: string; err: string; ms: number; cpuMs: number; peakMb: number; ownMb: number }

/** Runs the real command line, as a user would, and watches its memory. */
export async function runQinba(words: readonly string[], env: Record<string, string>): Promise<Ran> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...words], { env: { ...process.env, ...env } })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (said.out += text))
  child.stderr.on('data', (text: Buffer) => (said.err += text))
  const watch = watchFamily(child)
  const code = await new Promise<number | null>((done) => child.once('close', (n) => done(n)))
  return { code, ...said, ms: performance.now() - started, ...watch.stop() }
}

/** What a process and its descendants used and held together, looked at ten times a second. */
export function watchFamily(child: ChildProcess): { stop(): { cpuMs: number; peakMb: number; ownMb: number } } {
  const cpu = new Map<number, number>()
  const peak = { all: 0, own: 0 }
  const timer = setInterval(() => {
    const family = familyOf(child.pid!)
    for (const pid of family) cpu.set(pid, Math.max(cpu.get(pid) ?? 0, cpuMsOf(pid)))
    const held = family.map(residentMb)
    peak.all = Math.max(
      peak.all,
      held.reduce((sum, mb) => sum + mb, 0),
    )
    peak.own = Math.max(peak.own, held[0] ?? 0)
  }, 100)
  return {
    stop() {
      clearInterval(timer)
      return {
        cpuMs: [...cpu.values()].reduce((sum, ms) => sum + ms, 0),
        peakMb: Math.round(peak.all),
        ownMb: Math.round(peak.own),
      }
    },
  }
}

function familyOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/^PPid:\s*(\d+)/m.exec(statusOf(name))?.[1])]),
  )
  const family = [pid]
  for (const each of family) for (const [child, parent] of parents) if (parent === each) family.push(child)
  return family
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(statusOf(String(pid)))?.[1] ?? 0) / 1024
}

// Ticks of 10 ms in user and in kernel, counted behind the name, which may hold blanks.
function cpuMsOf(pid: number): number {
  const fields = factsOf(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? []
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0))
}

function statusOf(pid: string): string {
  return factsOf(`/proc/${pid}/status`)
}

function factsOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it has ended
  }
}
