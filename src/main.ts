import { join } from 'node:path'
import { readConfig } from './base/config.ts'
import { askServer, type Io, socketPath, terminal } from './base/command.ts'
import { findCommand, usage } from './commands.ts'
import { openHouse } from './house.ts'
import { serve } from './serve.ts'

// `node src/main.ts` serves; `node src/main.ts <command> …` runs a command, inside the server when one runs on the same data folder.

const argv = process.argv.slice(2)
const [major] = process.versions.node.split('.').map(Number)
const io = terminal({ json: argv.includes('--json') })

process.exitCode = await main(io).catch((e: unknown) => {
  io.err(e instanceof Error ? e.message : String(e))
  return 1
})

async function main(io: Io): Promise<number> {
  if (major! < 24) throw new Error(`Node ${process.versions.node} found: start with \`npm start\`, it uses the Node 24 that comes with the packages`)
  const config = readConfig(process.env, process.cwd())
  const verb = argv[0] ?? 'serve'
  if (verb === 'serve' || verb === 'worker') return serve(config, { web: verb === 'serve', root: join(import.meta.dirname, '..') })
  const command = findCommand(argv)
  if (!command) {
    io.err(usage())
    return 2
  }
  const order = { argv, cwd: process.cwd() }
  const answered = await askServer(socketPath(config.dataDir), order, io)
  if (answered !== undefined) return answered
  const house = await openHouse(config)
  try {
    return await command.run(house, order, io)
  } finally {
    await house.close()
  }
}
