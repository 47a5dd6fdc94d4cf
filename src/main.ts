import { join } from 'node:path'
import { askServer, type Io, socketPath, terminal } from './base/command.ts'
import { type Config, readConfig } from './base/config.ts'
import { acquireLock } from './base/engine/lock.ts'
import { hasNoRoom, relieve } from './base/guard/disk.ts'
import type { Part } from './serve.ts'

// `node src/main.ts` serves; `node src/main.ts <command> …` runs a command, inside the server when one runs on the same data folder.
// What is heavy is loaded last: a second start is refused, and a command is handed over, within a second.

const argv = process.argv.slice(2)
const io = terminal({ json: argv.includes('--json') })

process.exitCode = await main(io).catch((e: unknown) => {
  io.err(e instanceof Error ? e.message : String(e))
  return 1
})

async function main(io: Io): Promise<number> {
  const node = process.versions.node
  if (Number(node.split('.')[0]) < 24)
    throw new Error(`Node ${node} found: \`npm start\` uses the Node 24 that comes with the packages`)
  const config = await readOrDiagnose(io)
  if (!config) return 1
  const part = argv[0] ?? 'all'
  if (part === 'all' || part === 'serve' || part === 'worker') return serveLocked(config, part)
  const { findCommand, runAlone, runCommand, usage } = await import('./commands.ts')
  const command = findCommand(argv)
  if (!command) {
    io.err(usage())
    return 2
  }
  const order = { argv, cwd: process.cwd() }
  const heard = command.stops ? { ...io, signal: interrupted() } : io
  const answered = await askServer(socketPath(config.dataDir), order, heard)
  if (answered !== undefined) return answered
  if (command.alone) return runAlone(config, order, heard)
  const { openHouse } = await import('./house.ts')
  const house = await openHouse(config)
  try {
    return await runCommand(house, order, heard)
  } finally {
    await house.close()
  }
}

// To a doctor an environment that does not hold is a finding like any other.
async function readOrDiagnose(io: Io): Promise<Config | undefined> {
  try {
    return readConfig({ ...tenantOf(argv), ...process.env }, process.cwd())
  } catch (e) {
    if (argv[0] !== 'doctor') throw e
    const { report, unreadable } = await import('./doctor.ts')
    report(unreadable(e), argv.includes('--json'), io)
    return undefined
  }
}

// The first Ctrl-C asks; a second one does not wait.
function interrupted(): AbortSignal {
  const stop = new AbortController()
  const ask = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort(new Error('已中止，未留下不完整的文件 / stopped, and nothing half-done is left'))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, ask)
  return stop.signal
}

// A command that names its city needs no TENANT beside it.
function tenantOf(words: string[]): { TENANT?: string } {
  const at = words.findIndex((word) => word === '--tenant' || word.startsWith('--tenant='))
  const code = at < 0 ? undefined : (words[at]!.split('=')[1] ?? words[at + 1])
  return code === undefined ? {} : { TENANT: code }
}

async function serveLocked(config: Config, part: Part): Promise<number> {
  try {
    relieve(config.dataDir, config.disk) // even a lock needs a block
    return await serveAlone(config, part)
  } catch (e) {
    if (!hasNoRoom(config, e)) throw e
    io.err(`没有磁盘空间，无法启动 / no room to start in ${config.dataDir}: ${e instanceof Error ? e.message : String(e)}`)
    return 75 // a supervisor tries again: there may be room by then
  }
}

async function serveAlone(config: Config, part: Part): Promise<number> {
  const lock = acquireLock(config.dataDir, part === 'worker' ? 'qinba-worker.lock' : 'qinba.lock')
  try {
    const { serve } = await import('./serve.ts')
    return await serve(config, { part, root: join(import.meta.dirname, '..') })
  } finally {
    lock.release()
  }
}
