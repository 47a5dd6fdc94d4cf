import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BackupOrder, backupAlone, runBackup } from './backup.ts'
import type { Io, Order } from './base/command.ts'
import type { Config } from './base/config.ts'
import { standing } from './base/ctx.ts'
import { readCheckpoints } from './base/journal/checkpoint-file.ts'
import { checkpointFile } from './base/journal/keeper.ts'
import { proveJournal } from './base/journal/prove.ts'
import { Problem, say } from './base/problem.ts'
import { recountCases, runExport, runImport } from './cases/index.ts'
import { journalled } from './contexts.ts'
import { diagnose, diagnoseAlone, report } from './doctor.ts'
import type { OpenHouse } from './house.ts'
import { createFirstAdmin, noteAccess } from './people/index.ts'
import { runLayersAdd, runLayersList, runLayersRemove } from './places/index.ts'
import { type RestoreOrder, restoreAlone } from './restore.ts'

/** A command of the command line. It runs inside the server when one is running. Resolves with 0 done, 1 refused or failed, 2 wrong usage. */
export interface Command {
  words: string[]
  usage: string
  /** It writes: refused while there is no room. */
  writes?: true
  /** On Ctrl-C it ends by itself, and says how far it came. */
  stops?: true
  run(house: OpenHouse, order: Order, io: Io): Promise<number>
  /** Where no server runs: without opening the house, which would bring the schema forward or set an empty folder up. */
  alone?(config: Config, order: Order, io: Io): Promise<number>
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
    writes: true,
    stops: true,
    run: (house, order, io) => runImport(house, argsOf(order, 2, IMPORT), io),
  },
  {
    words: ['cases', 'export'],
    usage: 'cases export --format xlsx|csv|geojson|gpkg|shp.zip|kml [--layout list|closure|petition] [--encoding utf-8|gbk] OUT',
    stops: true,
    run: (house, order, io) => runExport(house, argsOf(order, 2, EXPORT), io),
  },
  {
    words: ['cases', 'recount'],
    usage: 'cases recount',
    writes: true,
    run: async (house, _order, io) => {
      const n = await recountCases(house)
      io.out(`重新计数：${n} 件 / counted anew: ${n} cases`)
      return 0
    },
  },
  {
    words: ['layers', 'add'],
    usage: 'layers add FILE --name NAME --kind KIND [--crs EPSG:…|gcj02] [--layer LAYER] [--date DAY] [--source TEXT] [--json]',
    writes: true,
    run: (house, order, io) => runLayersAdd(house, argsOf(order, 2, LAYER), io),
  },
  {
    words: ['layers', 'list'],
    usage: 'layers list [--history] [--json]',
    run: (house, order, io) => runLayersList(house, argsOf(order, 2, LAYERS), io),
  },
  {
    words: ['layers', 'remove'],
    usage: 'layers remove ID',
    writes: true,
    run: (house, order, io) => runLayersRemove(house, { ...argsOf(order, 2, LAYERS), id: order.argv[2] }, io),
  },
  { words: ['people', 'first-admin'], usage: 'people first-admin USERNAME NAME', writes: true, run: firstAdmin },
  { words: ['clock', 'accept'], usage: 'clock accept', run: acceptClock },
  {
    words: ['doctor'],
    usage: 'doctor [--json]',
    run: async (house, order, io) => {
      const json = isJson(order)
      return report(await diagnose({ ...house, isServed: true, now: new Date() }), json, io)
    },
    alone: async (config, order, io) => {
      const json = isJson(order)
      return report(await diagnoseAlone(config), json, io)
    },
  },
  {
    words: ['backup'],
    stops: true,
    usage: 'backup FILE [--with-secret] [--encrypt-to KEY.pub] [--json]',
    run: async (house, order, io) => runBackup(house, backupOrder(order), io),
    alone: async (config, order, io) => backupAlone(config, backupOrder(order), io),
  },
  {
    words: ['restore'],
    stops: true,
    usage: 'restore FILE [--checkpoint FILE] [--accept-old] [--decrypt-with KEY] [--json]',
    run: async (house) => {
      throw new Error(
        `服务正在运行，请先停止 / a server runs on ${house.config.dataDir}: stop it, and restore into an empty DATA_DIR`,
      )
    },
    alone: async (config, order, io) => restoreAlone(config, restoreOrder(order), io),
  },
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
const LAYER = {
  name: { type: 'string' },
  kind: { type: 'string' },
  crs: { type: 'string' },
  layer: { type: 'string' },
  date: { type: 'string' },
  source: { type: 'string' },
  json: { type: 'boolean' },
} as const
const LAYERS = { history: { type: 'boolean' }, json: { type: 'boolean' } } as const
const EXPORT = {
  format: { type: 'string' },
  layout: { type: 'string' },
  encoding: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** The command that the words name, or undefined: wrong usage. */
export function findCommand(argv: string[]): Command | undefined {
  return COMMANDS.find((c) => c.words.every((word, i) => argv[i] === word))
}

/** Runs what the words name; 2 for wrong usage, and never anything half-done. */
export async function runCommand(house: OpenHouse, order: Order, io: Io): Promise<number> {
  return answered(io, async () => {
    const command = findCommand(order.argv)
    if (command?.writes) house.guard.disk.admitWrite({ files: false })
    return (await command?.run(house, order, io)) ?? 2
  })
}

/** Runs a command that needs no open house where no server runs. */
export async function runAlone(config: Config, order: Order, io: Io): Promise<number> {
  return answered(io, async () => (await findCommand(order.argv)?.alone?.(config, order, io)) ?? 2)
}

async function answered(io: Io, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (e) {
    io.err(
      e instanceof Problem
        ? `${say(e.text, e.params, 'zh')} / ${say(e.text, e.params, 'en')}`
        : e instanceof Error
          ? e.message
          : String(e),
    )
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

const isJson = (order: Order): boolean => argsOf(order, 1, { json: { type: 'boolean' } }).values['json'] === true

function backupOrder(order: Order): BackupOrder {
  const options = { 'with-secret': { type: 'boolean' }, 'encrypt-to': { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, file, path } = oneFile(order, options)
  return { file, withSecret: values['with-secret'] === true, encryptTo: path('encrypt-to'), json: values['json'] === true }
}

function restoreOrder(order: Order): RestoreOrder {
  const options = {
    checkpoint: { type: 'string' },
    'accept-old': { type: 'boolean' },
    'decrypt-with': { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, file, path } = oneFile(order, options)
  const [acceptOld, json] = [values['accept-old'] === true, values['json'] === true]
  return { file, checkpoint: path('checkpoint'), acceptOld, decryptWith: path('decrypt-with'), json }
}

function oneFile(order: Order, options: Record<string, { type: 'string' | 'boolean' }>) {
  const { values, files, path } = argsOf(order, 1, options)
  if (files.length !== 1) throw new WrongUsage(`usage: ${findCommand(order.argv)!.usage}`)
  const pathOf = (name: string) => (typeof values[name] === 'string' ? path(values[name]) : undefined)
  return { values, file: files[0]!, path: pathOf }
}

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

// The time as the machine shows it holds from now on; what waited for it goes on.
async function acceptClock(house: OpenHouse, _order: Order, io: Io): Promise<number> {
  const accepted = await house.guard.clock.accept({ account: 'system', name: '命令行' })
  const now = house.clock().toISOString()
  if (accepted) io.out(`已确认系统时钟 ${now}，按日历运行的作业继续 / confirmed ${now}: what waited for the clock goes on`)
  else io.err(`时钟没有疑问 ${now}，无须确认 / the clock is not in doubt (${now}): nothing to confirm`)
  return accepted ? 0 : 1
}

async function verifyJournal(house: OpenHouse, order: Order, io: Io): Promise<number> {
  const { values, path } = argsOf(order, 2, { checkpoint: { type: 'string' }, json: { type: 'boolean' } })
  const given = typeof values['checkpoint'] === 'string' ? path(values['checkpoint']) : undefined
  if (given && !existsSync(given)) throw new Error(`no checkpoint file ${given}: they are kept in ${house.config.checkpointDir}`)
  const publicKey = await keyFor(join(house.config.dataDir, 'keys'), given)
  const proof = await proveJournal(house, {
    journalled,
    ...(given ? { checkpointFile: given } : {}),
    ...(publicKey ? { publicKey } : {}),
  })
  await noteVerified(house, proof)
  for (const warning of proof.warnings) io.err(warning)
  io.out(values['json'] ? JSON.stringify(proof) : `${proof.message.zh}\n${proof.message.en}`)
  if (proof.ok)
    io.out(
      `${proof.events} events, ${proof.subjects} states equal to their fold; checkpoints: ${given ?? 'none given'} (kept in ${checkpointFile(house.config.checkpointDir, house.tenant)})`,
    )
  return proof.ok ? 0 : 1
}

// The audit page shows when the journal was last proved and how it went; where nothing may be written, the answer alone has to do.
async function noteVerified(house: OpenHouse, { ok, events }: { ok: boolean; events: number }): Promise<void> {
  if (house.guard.disk.isReadOnly()) return
  const what = `${ok ? 'ok' : 'failed'} ${events}`
  await house.database.begin(house.tenant, (db) => noteAccess(db, house, { kind: 'journal_verified', address: '命令行', what }))
}

// After a restore without its private key the data folder knows two public keys: the old one for the checkpoints of before.
async function keyFor(dir: string, checkpoints: string | undefined): Promise<string | undefined> {
  const own = await readFile(join(dir, 'checkpoint.pub'), 'utf8').catch(() => undefined)
  const claimed = checkpoints && (await readCheckpoints(checkpoints)).publicKey
  if (!claimed) return own
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.pub'))
  const known = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')))
  return known.find((pem) => pem.trim() === claimed.trim()) ?? own
}
