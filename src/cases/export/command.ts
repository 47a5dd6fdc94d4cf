import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Io } from '../../base/command.ts'
import type { House } from '../../base/ctx.ts'
import type { Pieces } from '../../base/formats/table.ts'
import { type CommandArgs, commandCtx } from '../import/command.ts'
import { knownOf } from './export-cases.ts'
import { piecesOf } from './formats.ts'
import { EXPORT_FORMATS, EXPORT_LAYOUTS } from './rules/kinds.ts'

const USAGE = `usage: cases export --format ${EXPORT_FORMATS.join('|')} [--layout list|closure|petition] [--encoding utf-8|gbk] OUT`

/** `cases export OUT`: writes the whole list in one layout; exit 0 done, 1 could not be written, 2 wrong usage. */
export async function runExport(house: House, args: CommandArgs, io: Io): Promise<number> {
  const [out, ...others] = args.files
  const order = orderOf(args)
  if (out === undefined || others.length > 0 || !order) {
    io.err(USAGE)
    return 2
  }
  const ctx = commandCtx(house)
  const { all, ...known } = await ctx.tx((db) => knownOf(ctx, db, order))
  let rows = 0
  const passed = (n: number) => {
    rows = n
    io.progress(n, all, 'export')
  }
  const failure = await save(out, stoppable(piecesOf(ctx, order, { ...known, passed }), io.signal))
  if (failure) io.err(`写不到 ${out}：${failure} / cannot write ${out}: ${failure}`)
  else
    io.out(
      args.values['json'] ? JSON.stringify({ file: out, layout: order.layout, rows }) : `导出 ${rows} 行 / ${rows} rows: ${out}`,
    )
  return failure ? 1 : 0
}

function orderOf({ values }: CommandArgs) {
  const format = EXPORT_FORMATS.find((f) => f === values['format'])
  const layout = EXPORT_LAYOUTS.find((l) => l === (values['layout'] ?? 'list'))
  const encoding = (['utf-8', 'gbk'] as const).find((e) => e === (values['encoding'] ?? 'utf-8'))
  return format && layout && encoding ? { format, layout, encoding, filter: {} } : undefined
}

async function* stoppable(pieces: Pieces, signal: AbortSignal | undefined): Pieces {
  for await (const piece of pieces) {
    if (signal?.aborted) throw new Error('已停止 / stopped')
    yield piece
  }
}

// The whole file or none: written beside its name, then given it.
async function save(path: string, pieces: Pieces): Promise<string | undefined> {
  const draft = `${path}.${randomUUID()}.part`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      for await (const piece of pieces) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    return undefined
  } catch (error) {
    await rm(draft, { force: true })
    return error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.message : String(error)
  }
}
