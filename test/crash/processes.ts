import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process and everybody below it, the oldest first. */
export function familyOf(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statOf(`/proc/${name}`)?.parent) }))
  const below = (one: number): number[] => [one, ...all.filter((p) => p.parent === one).flatMap((p) => below(p.pid))]
  return below(pid)
}

/** Stops processes where they are, and waits until none of their threads runs on: what they said before stands, nothing follows. */
export async function freeze(pids: number[]): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGSTOP')
  for (let tries = 0; pids.some(runs); tries++) {
    if (tries === 500) throw new Error(`processes ${pids.join(', ')} do not stop`)
    await sleep(2)
  }
}

/** kill -9, also of what is frozen. */
export function slay(pids: number[]): void {
  for (const pid of pids) signal(pid, 'SIGKILL')
}

/** Milliseconds until none of the processes is left; rejects when one outlives `ms`. */
export async function gone(pids: number[], ms: number): Promise<number> {
  const began = performance.now()
  for (;;) {
    const left = pids.filter(isAlive)
    const waited = performance.now() - began
    if (left.length === 0) return waited
    if (waited > ms) throw new Error(`still alive after ${ms} ms: ${left.join(', ')}`)
    await sleep(10)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {}
}

// A zombie that nobody has fetched yet holds nothing, but its first thread may be one while others still end.
const isAlive = (pid: number) => hasThread(pid, 'ZX')

// A thread inside a system call (D) stops on its way out of it.
const runs = (pid: number) => hasThread(pid, 'TtZX')

function hasThread(pid: number, except: string): boolean {
  return tasksOf(pid).some((task) => !except.includes(statOf(`/proc/${pid}/task/${task}`)?.state ?? 'X'))
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function statOf(folder: string): { state: string; parent: string } | undefined {
  try {
    const stat = readFileSync(`${folder}/stat`, 'utf8')
    const [state = 'X', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, parent }
  } catch {
    return undefined
  }
}
