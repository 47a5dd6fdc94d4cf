import { join } from 'node:path'
import { askServer, type Io, socketPath, terminal } from './base/command.ts'
import { type Config, readConfig } from './base/config.ts'
import { acquireLock } from './base/engine/lock.ts'
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
  const config = readConfig(process.env, process.cwd())
  const part = argv[0] ?? 'all'
  if (part === 'all' || part === 'serve' || part === 'worker') return serveLocked(config, part)
  const { findCommand, runCommand, usage } = await import('./commands.ts')
  if (!findCommand(argv)) {
    io.err(usage())
    return 2
  }
  const order = { argv, cwd: process.cwd() }
  const answered = await askServer(socketPath(config.dataDir), order, io)
  if (answered !== undefined) return answered
  const { openHouse } = await import('./house.ts')
  const house = await openHouse(config)
  try {
    return await runCommand(house, order, io)
  } finally {
    await house.close()
  }
}

async function serveLocked(config: Config, part: Part): Promise<number> {
  const lock = acquireLock(config.dataDir, part === 'worker' ? 'qinba-worker.lock' : 'qinba.lock')
  try {
    const { serve } = await import('./serve.ts')
    return await serve(config, { part, root: join(import.meta.dirname, '..') })
  } finally {
    lock.release()
  }
}
