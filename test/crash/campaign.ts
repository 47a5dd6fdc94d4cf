import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What a campaign torments. The command opens its data, compares them with the witness file, prints `READY` and a `Tally` as
 * JSON on one line, and then works until it dies: it adds a line to the witness, outside the data and with fsync, for each
 * thing that it has acknowledged. It runs in a process group of its own.
 */
export interface Subject {
  command: (round: number) => string[]
  witness: string
  /** Where the subject may leave temporary files when it is killed. */
  tmp: string
}

/** What a subject finds when it opens its data: acknowledgements in the witness, those that are lost, and anything else wrong. */
export interface Tally {
  acknowledged: number
  lost: number
  wrong: string[]
  /** The engine's process, for faults that hit it alone. */
  engine?: number
}

/** One life of a subject. */
export interface Life {
  tally: Tally
  pid: number
  /** Resolves with the next line of output that starts so; rejects when the process ends first. */
  line(start: string): Promise<string>
  /** All lines so far. */
  lines: string[]
  /** Sends a signal to the whole group; false when nobody is left. */
  signal(signal: NodeJS.Signals | 0): boolean
  /** Resolves when nobody of the group is left; rejects when somebody outlives `ms`, after killing him. */
  gone(ms: number): Promise<void>
}

/** Ends one life in some terrible way and puts the data within reach again. */
export type Fault = (life: Life, round: number) => Promise<void>

export interface Outcome {
  rounds: number
  acknowledged: number
  lost: number
  openFailures: number
  /** What was wrong besides, and why an opening failed. */
  notes: string[]
}

/** Runs a subject, strikes it, opens it again, `rounds` times; stops early when something is lost or will not open. */
export async function runCampaign(o: { subject: Subject; rounds: number; fault: Fault }): Promise<Outcome> {
  const outcome: Outcome = { rounds: 0, acknowledged: 0, lost: 0, openFailures: 0, notes: [] }
  for (let round = 0; ; round++) {
    const life = await open(o.subject, round, outcome)
    if (!life) return outcome
    try {
      outcome.acknowledged = life.tally.acknowledged
      outcome.lost = life.tally.lost
      outcome.notes.push(...life.tally.wrong)
      if (round === o.rounds || outcome.lost > 0 || outcome.notes.length > 0) return outcome
      await growth(o.subject.witness, life)
      await o.fault(life, round)
      outcome.rounds++
    } finally {
      life.signal('SIGKILL')
      await life.gone(10_000)
    }
  }
}

/** How many strikes: a few in the everyday run, QINBA_CRASH_ROUNDS in the nightly one. */
export function roundsOr(few: number): number {
  return Number(process.env['QINBA_CRASH_ROUNDS'] ?? few)
}

/** A number from `low` to `high`, for the moment of a strike. */
export function between(low: number, high: number): number {
  return low + Math.random() * (high - low)
}

async function open(subject: Subject, round: number, outcome: Outcome): Promise<Life | undefined> {
  const [program = '', ...args] = subject.command(round)
  const env = { ...process.env, TMPDIR: subject.tmp }
  const child = spawn(program, args, { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const life = follow(child)
  try {
    const ready = await Promise.race([life.line('READY'), sleep(60_000, 'late', { ref: false })])
    if (ready === 'late') throw new Error('not ready after 60 s')
    return { ...life, tally: JSON.parse(ready.slice('READY'.length)) as Tally }
  } catch (e) {
    life.signal('SIGKILL')
    await life.gone(10_000)
    outcome.openFailures++
    outcome.notes.push(`did not open: ${(e as Error).message}`)
    return undefined
  }
}

function follow(child: ChildProcess): Omit<Life, 'tally'> {
  const lines: string[] = []
  const errors: string[] = []
  const closed = new Promise<void>((done) => child.once('close', () => done()))
  createInterface({ input: child.stderr! }).on('line', (line) => errors.push(line))
  const output = createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line))
  const signal = (name: NodeJS.Signals | 0) => signalGroup(child.pid!, name)
  return {
    pid: child.pid!,
    lines,
    signal,
    line: (start) =>
      new Promise((done, fail) => {
        output.on('line', (line) => line.startsWith(start) && done(line))
        void closed.then(() => fail(new Error(`ended with ${child.exitCode ?? child.signalCode}: ${lastWords(errors)}`)))
      }),
    gone: async (ms) => {
      const left = await survivors(child.pid!, ms)
      if (left.length === 0) return closed
      signal('SIGKILL')
      throw new Error(`still alive after ${ms} ms: ${left.join(', ')}`)
    },
  }
}

function lastWords(errors: string[]): string {
  const telling = errors.filter((line) => /Error|PANIC|FATAL/.test(line))
  return (telling.length > 0 ? telling : errors).slice(-5).join(' | ')
}

function signalGroup(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, name)
  } catch {
    return false
  }
}

async function survivors(group: number, ms: number): Promise<string[]> {
  const began = performance.now()
  let left = members(group)
  while (left.length > 0 && performance.now() - began < ms) {
    await sleep(20)
    left = members(group)
  }
  return left
}

// A zombie that its new parent has not fetched yet is gone all the same; kill(2) alone would count it.
function members(group: number): string[] {
  if (!signalGroup(group, 0)) return []
  if (!existsSync('/proc/self/stat')) return [`group ${group}`]
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => {
    const stat = statOf(pid)
    const [state, parent, pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(pgrp) === group && state !== 'Z' && state !== 'X' ? [`process ${pid} (state ${state}, parent ${parent})`] : []
  })
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}

// A strike before the first acknowledgement of a life would prove nothing.
async function growth(witness: string, life: Life): Promise<void> {
  const size = () => (existsSync(witness) ? statSync(witness).size : 0)
  const before = size()
  for (let tries = 0; size() === before; tries++) {
    if (tries > 1000 || !life.signal(0)) throw new Error('the subject acknowledged nothing')
    await sleep(10)
  }
}
