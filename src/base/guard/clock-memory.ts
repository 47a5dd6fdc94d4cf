import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import type { Look, Memory } from './rules/clock-doubt.ts'

/** Looks at both clocks at once; a process that was stopped between the two looks again. */
export function look(): Look {
  for (;;) {
    const before = uptime()
    const wall = Date.now()
    const steady = uptime()
    if (steady - before < 1) return { wall, steady: steady * 1000 }
  }
}

const fileIn = (dir: string) => join(dir, 'clock.json')

/** What an earlier process on this folder believed; the steady clock counts only within one boot of the machine. */
export function recall(dir: string): Memory[] {
  try {
    const { wall, steady, boot, open } = JSON.parse(readFileSync(fileIn(dir), 'utf8')) as Partial<Memory> & { boot?: string }
    if (!Number.isFinite(wall) || !Number.isFinite(steady)) return []
    return [{ wall: wall!, ...(boot !== '' && boot === bootId() ? { steady: steady!, open: open === true } : {}) }]
  } catch {
    return [] // none yet, or cut short by a crash: the journal's newest event is left to compare with
  }
}

/** Keeps what is believed now; a full disk leaves the older memory, which in the same boot says the same. */
export function remember(dir: string, memory: Required<Memory>): void {
  const draft = `${fileIn(dir)}.${process.pid}.tmp`
  try {
    writeFileSync(draft, JSON.stringify({ ...memory, boot: bootId() }), { mode: 0o600 })
    renameSync(draft, fileIn(dir))
  } catch {}
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}
