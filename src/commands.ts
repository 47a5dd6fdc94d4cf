import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Io, Order } from './base/command.ts'
import { standing } from './base/ctx.ts'
import { checkpointFile } from './base/journal/keeper.ts'
import { proveJournal } from './base/journal/prove.ts'
import { runExport, runImport } from './cases/index.ts'
import { journalled } from './contexts.ts'
import type { OpenHouse } from './house.ts'
import { createFirstAdmin } from './people/index.ts'

/** A command of the command line. It runs inside the server when one is running. Resolves with the exit code of interfaces.md. */
export interface Command {
  words: string[]
  usage: string
  run(house: OpenHouse, order: Order, io: Io): Promise<number>
}

const COMMANDS: Command[] = [
  {
    words: ['migrate'],
    usage: 'migrate',
    run: async (_house, _order, io) => {
      io.out('the schema is up to date') // opening the house migrated it
      return 0
    },
  },
  {
    words: ['cases', 'import'],
    usage:
      'cases import FILE.(xlsx|csv) [--source KIND] [--batch NAME] [--mapping MAP.json] [--tenant CODE] [--dry-run] [--json]',
    run: (house, order, io) => runImport(house, argsOf(order, 2, IMPORT), io),
  },
  {
    words: ['cases', 'export'],
    usage: 'cases export --format xlsx|csv [--layout list|closure|petition] OUT',
    run: (house, order, io) => runExport(house, argsOf(order, 2, EXPORT), io),
  },
  { words: ['people', 'first-admin'], usage: 'people first-admin USERNAME NAME', run: firstAdmin },
  { words: ['journal', 'verify'], usage: 'journal verify [--checkpoint FILE]', run: verifyJournal },
]

const IMPORT = {
  source: { type: 'string' },
  batch: { type: 'string' },
  mapping: { type: 'string' },
  tenant: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const
const EXPORT = { format: { type: 'string' }, layout: { type: 'string' }, json: { type: 'boolean' } } as const

/** The command that the words name, or undefined: wrong usage. */
export function findCommand(argv: string[]): Command | undefined {
  return COMMANDS.find((c) => c.words.every((word, i) => argv[i] === word))
}

/** Runs what the words name; 2 for wrong usage, and never anything half-done. */
export async function runCommand(house: OpenHouse, order: Order, io: Io): Promise<number> {
  try {
    return (await findCommand(order.argv)?.run(house, order, io)) ?? 2
  } catch (e) {
    io.err(e instanceof Error ? e.message : String(e))
    return e instanceof WrongUsage ? 2 : 1
  }
}

/** What can be typed. */
export function usage(): string {
  return ['usage: qinba <command>', '  serve | worker', ...COMMANDS.map((c) => `  ${c.usage}`)].join('\n')
}

function argsOf(order: Order, skip: number, options: Record<string, { type: 'string' | 'boolean' }>) {
  const { values, positionals } = parsed(order.argv.slice(skip), options)
  return { values, files: positionals.map((p) => resolve(order.cwd, p)), path: (p: string) => resolve(order.cwd, p) }
}
/** Thrown for words that are no command of ours: exit code 2. */
export class WrongUsage extends Error {}

function parsed(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (e) {
    throw new WrongUsage(`${e instanceof Error ? e.message : String(e)}\n${usage()}`)
  }
}
export type CommandArgs = ReturnType<typeof argsOf>

async function firstAdmin(house: OpenHouse, order: Order, io: Io): Promise<number> {
  const [username, name, ...rest] = order.argv.slice(2)
  if (!username || !name || rest.length > 0) throw new WrongUsage('usage: people first-admin USERNAME NAME')
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  const ctx = standing(house, { tenant: house.tenant, account: 'system', name: '命令行' }, scope)
  const { password } = await createFirstAdmin(ctx, { username, name })
  io.out(`${username} ${password}`)
  io.err('这是唯一一次显示该密码 / this password is shown only once')
  return 0
}

async function verifyJournal(house: OpenHouse, order: Order, io: Io): Promise<number> {
  const { values, path } = argsOf(order, 2, { checkpoint: { type: 'string' }, json: { type: 'boolean' } })
  const given = typeof values['checkpoint'] === 'string' ? path(values['checkpoint']) : undefined
  if (given && !existsSync(given)) throw new Error(`no checkpoint file ${given}: they are kept in ${house.config.checkpointDir}`)
  const publicKey = await readFile(join(house.config.dataDir, 'keys/checkpoint.pub'), 'utf8').catch(() => undefined)
  const proof = await proveJournal(house, {
    journalled,
    ...(given ? { checkpointFile: given } : {}),
    ...(publicKey ? { publicKey } : {}),
  })
  for (const warning of proof.warnings) io.err(warning)
  io.out(values['json'] ? JSON.stringify(proof) : `${proof.message.zh}\n${proof.message.en}`)
  if (proof.ok)
    io.out(
      `${proof.events} events, ${proof.subjects} states equal to their fold; checkpoints: ${given ?? 'none given'} (kept in ${checkpointFile(house.config.checkpointDir, house.tenant)})`,
    )
  return proof.ok ? 0 : 1
}
