import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'

/** One row as it stands: `line` is the row number that a spreadsheet shows beside it, cells are text from column A on. */
export type SheetRow = { line: number; cells: string[] }

/** One worksheet (or the one table of a csv file) with its rows that hold anything. */
export type Sheet = { name: string; rows: SheetRow[] }

/** What may be read at most; a file over a limit is refused as a whole, in one line. */
export const LIMITS = { bytes: 50_000_000, rows: 50_000, columns: 512, heapMb: 256, seconds: 15 } as const

const CHILD = fileURLToPath(new URL('./sheet-child.ts', import.meta.url))

/**
 * The worksheets of an xlsx or csv file, told by its content and not by its name. The file is opened in a child process with
 * little memory and little time, so whatever it does there, the answer here is the sheets or one refusal.
 */
export function readSheets(path: string, o: { seconds?: number } = {}): Promise<Sheet[] | Refusal> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [path], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${LIMITS.heapMb}`],
      env: process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const timer = setTimeout(() => end(tooHeavy('seconds', o.seconds ?? LIMITS.seconds)), (o.seconds ?? LIMITS.seconds) * 1000)
    const end = (answer: Sheet[] | Refusal) => {
      clearTimeout(timer)
      child.removeAllListeners()
      child.on('error', () => undefined)
      child.kill('SIGKILL')
      resolve(answer)
    }
    child.on('message', (answer) => end(answer as Sheet[] | Refusal))
    child.on('error', () => end(tooHeavy('process', 0)))
    child.on('exit', () => end(tooHeavy('memory', LIMITS.heapMb)))
  })
}

// A child that died without an answer ran out of memory: the only way it can, as it answers every error of its own.
function tooHeavy(what: 'seconds' | 'memory' | 'process', limit: number): Refusal {
  return refuse('invalid', `cases/import-heavy-${what}`, { limit })
}
