import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Io } from '../../base/command.ts'
import type { House } from '../../base/ctx.ts'
import { listAreas } from '../../places/index.ts'
import type { StaffCtx } from '../ctx.ts'
import { type CommandArgs, commandCtx } from '../import/command.ts'
import { pageOfCases } from '../store.ts'
import { EXPORT_LAYOUTS, type Exported, type ExportLayout, exportRows } from './rows.ts'
import { toCsv, toXlsx } from './sheet.ts'

const USAGE = 'usage: cases export --format xlsx|csv [--layout list|closure|petition] OUT'
const PAGE = 500

/** `cases export OUT`: writes the whole list in one layout; exit 0 done, 1 could not be written, 2 wrong usage. */
export async function runExport(house: House, args: CommandArgs, io: Io): Promise<number> {
  const [out, ...others] = args.files
  const { format, layout = 'list' } = args.values
  if (out === undefined || others.length > 0 || !isLayout(layout) || (format !== 'xlsx' && format !== 'csv')) {
    io.err(USAGE)
    return 2
  }
  const cases = await exportedCases(commandCtx(house), io)
  const areas = await commandCtx(house).tx((db) => listAreas(db, house.tenant, {}))
  const sheet = exportRows(cases, layout, areas)
  const failure = await save(out, format === 'csv' ? toCsv(sheet) : await toXlsx(sheet))
  if (failure) io.err(`写不到 ${out}：${failure} / cannot write ${out}: ${failure}`)
  else
    io.out(
      args.values['json']
        ? JSON.stringify({ file: out, layout, rows: cases.length })
        : `导出 ${cases.length} 行 / ${cases.length} rows: ${out}`,
    )
  return failure ? 1 : 0
}

async function exportedCases(ctx: StaffCtx, io: Io): Promise<Exported[]> {
  const cases: Exported[] = []
  for (let after: string | undefined; ; ) {
    const page = await ctx.tx((db) => pageOfCases(db, { after, limit: PAGE }))
    cases.push(...page)
    io.progress(cases.length, cases.length, 'export')
    if (page.length < PAGE) return cases.sort((a, b) => (a.case.no < b.case.no ? -1 : 1))
    after = page[page.length - 1]!.case.id
  }
}

// The whole file or none: written beside its name, then given it.
async function save(path: string, content: string | Buffer): Promise<string | undefined> {
  const draft = `${path}.${randomUUID()}.part`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    return undefined
  } catch (error) {
    await rm(draft, { force: true })
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function isLayout(text: unknown): text is ExportLayout {
  return (EXPORT_LAYOUTS as readonly unknown[]).includes(text)
}
