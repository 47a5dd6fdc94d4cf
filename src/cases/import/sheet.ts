import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'

/** One row as it stands: `line` is the row number that a spreadsheet shows beside it, cells are text from column A on. */
export type SheetRow = { line: number; cells: string[] }

/** One worksheet (or the one table of a csv file) with its rows that hold anything. */
export type Sheet = { name: string; rows: SheetRow[] }

/** What may be read at most; a file over a limit is refused as a whole, in one line. */
export const LIMITS = { bytes: 50_000_000, rows: 150_000, columns: 512, heapMb: 256, seconds: 15 } as const

/** How a file is read: `packed` opens one that is packed by gzip, `seconds` is the time that an answer may take. */
export type ReadOptions = { packed?: 'gzip' | undefined; seconds?: number | undefined }

/**
 * A file that was read in its child process and waits there: the first rows of each worksheet with the number of all, and the others
 * page by page, so that this process never holds the whole. Whoever opens it closes it.
 */
export type OpenSheets = {
  sheets: (Sheet & { total: number })[]
  page(at: number, from: number, count: number): Promise<SheetRow[] | Refusal>
  close(): void
}

/** What the child is asked after its first answer: rows of the worksheet `at`. */
export type PageOrder = { at: number; from: number; count: number }

const CHILD = fileURLToPath(new URL('./sheet-child.ts', import.meta.url))

/**
 * Reads an xlsx or csv file, told by its content and not by its name. The file is opened in a child process with little memory and
 * little time, so whatever it does there, the answer here is the sheets or one refusal.
 */
export async function openSheets(path: string, o: ReadOptions & { head: number }): Promise<OpenSheets | Refusal> {
  const child = fork(CHILD, [path, String(o.head), o.packed ?? ''], {
    execPath: process.execPath,
    execArgv: [`--max-old-space-size=${LIMITS.heapMb}`],
    env: process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.on('error', () => undefined)
  const seconds = o.seconds ?? LIMITS.seconds
  const close = () => void child.kill('SIGKILL')
  const sheets = await answerOf<OpenSheets['sheets']>(child, seconds)
  if (isRefusal(sheets)) {
    close()
    return sheets
  }
  return {
    sheets,
    close,
    page(at, from, count) {
      if (child.connected) child.send({ at, from, count } satisfies PageOrder, () => undefined)
      return answerOf<SheetRow[]>(child, seconds)
    },
  }
}

/** The worksheets of a file with all their rows. */
export async function readSheets(path: string, o: ReadOptions = {}): Promise<Sheet[] | Refusal> {
  const open = await openSheets(path, { ...o, head: LIMITS.rows })
  if (isRefusal(open)) return open
  open.close()
  return open.sheets.map(({ name, rows }) => ({ name, rows }))
}

function answerOf<T>(child: ChildProcess, seconds: number): Promise<T | Refusal> {
  return new Promise((resolve) => {
    const listeners = {
      message: (answer: unknown) => settle(answer as T | Refusal),
      error: () => settle(tooHeavy('process', 0)),
      exit: () => settle(tooHeavy('memory', LIMITS.heapMb)),
    }
    const settle = (answer: T | Refusal) => {
      clearTimeout(timer)
      for (const [event, listener] of Object.entries(listeners)) child.off(event, listener)
      resolve(answer)
    }
    const timer = setTimeout(() => settle(tooHeavy('seconds', seconds)), seconds * 1000)
    for (const [event, listener] of Object.entries(listeners)) child.on(event, listener)
    if (child.exitCode !== null || child.signalCode !== null) listeners.exit()
  })
}

// A child that died without an answer ran out of memory: the only way it can, as it answers every error of its own.
function tooHeavy(what: 'seconds' | 'memory' | 'process', limit: number): Refusal {
  return refuse('invalid', `cases/import-heavy-${what}`, { limit })
}
