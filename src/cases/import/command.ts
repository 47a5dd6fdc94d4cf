import type { Io } from '../../base/command.ts'
import { type House, standing } from '../../base/ctx.ts'
import { Problem, say } from '../../base/problem.ts'
import type { Actor } from '../../people/index.ts'
import type { StaffCtx } from '../ctx.ts'
import type { State } from '../rules/codes.ts'
import { STATE_LABELS } from '../rules/labels.ts'
import { type ImportReport, LISTED } from './report.ts'
import { importCases } from './run.ts'
import { importProblem, sayDiffering, sayFault } from './texts.ts'

/** What a command line gives: options by name, files as absolute paths, and how another path is read. */
export type CommandArgs = { values: Record<string, string | boolean | undefined>; files: string[]; path(path: string): string }

/** `cases import FILE`: exit 0 when the sheet was read, 1 when it was refused as a whole or in every row, or was stopped, 2 for wrong usage. */
export async function runImport(house: House, args: CommandArgs, io: Io): Promise<number> {
  const [file, ...others] = args.files
  if (file === undefined || others.length > 0) {
    io.err('usage: cases import FILE.(xlsx|csv) [--source KIND] [--batch NAME] [--mapping MAP.json] [--tenant CODE] [--dry-run]')
    return 2
  }
  try {
    const report = await importFile(house, { ...args, file }, io)
    for (const line of args.values['json'] ? [JSON.stringify(report)] : linesOf(report)) io.out(line)
    return report.stoppedAfter !== undefined || (report.read > 0 && report.refusedRows === report.read) ? 1 : 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.err(`${say(error.text, error.params, 'zh')} / ${say(error.text, error.params, 'en')}`)
    return 1
  }
}

async function importFile(house: House, { values, file, path }: CommandArgs & { file: string }, io: Io): Promise<ImportReport> {
  const tenant = textOf(values['tenant'])
  if (tenant !== undefined && tenant !== String(house.tenant)) {
    throw importProblem('import-other-city', { found: tenant, expected: String(house.tenant) })
  }
  const mapping = textOf(values['mapping'])
  const order = { file, source: textOf(values['source']), batch: textOf(values['batch']), mapping: mapping && path(mapping) }
  return importCases(commandCtx(house), { ...order, dryRun: values['dry-run'] === true, stop: io.signal }, (done, total) =>
    io.progress(done, total, 'import'),
  )
}

/** The context of whoever runs a command on this machine: the office, under the name of the system. */
export function commandCtx(house: House): StaffCtx {
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  return standing(house, officeOf({ actor: { tenant: house.tenant }, settings: house.settings }), scope)
}

/** The system in the office's post: what a command or the first start does, it does for the office. */
export function officeOf({ actor, settings }: { actor: { tenant: number }; settings: House['settings'] }): Actor {
  const post = { post: 'system', title: '系统', role: 'office' as const, org: 'system', orgName: settings.office }
  const holdings = [{ ...post, area: String(actor.tenant), standIn: false }]
  return { tenant: actor.tenant, account: 'system', name: '系统', clearance: 3, holdings }
}

function linesOf(report: ImportReport): string[] {
  const { sheet, read, added, same, refusedRows, incomplete, skipped, createdOrganisations, leftOut, coarsePoints } = report
  const states = Object.entries(report.states).map(([state, n]) => `${STATE_LABELS[state as State].zh} ${n}`)
  return [
    ...report.refused.map((fault) => `${sayFault(fault, 'zh')} / ${sayFault(fault, 'en')}`),
    ...(report.refused.length >= LISTED ? [`只列出前 ${LISTED} 处错误 / only the first ${LISTED} faults are listed`] : []),
    ...report.differing.map((differing) => `${sayDiffering(differing, 'zh')} / ${sayDiffering(differing, 'en')}`),
    ...(report.differingRows > 0
      ? [`已有而文字不同、均未改动 / here already with another text, all left as they are: ${report.differingRows}`]
      : []),
    ...(skipped.length > 0
      ? [`跳过非问题行 ${skipped.length} / rows that are no problems: ${skipped.map(({ line }) => line).join(', ')}`]
      : []),
    ...(leftOut.length > 0 ? [`未读取的列（可能含举报人信息）/ columns left out: ${leftOut.join('、')}`] : []),
    ...(coarsePoints > 0 ? [`坐标过粗、未作点位的行 / rows without a point, as theirs is too coarse: ${coarsePoints}`] : []),
    ...(createdOrganisations.length > 0 ? [`新建单位 / organisations created: ${createdOrganisations.join('、')}`] : []),
    ...(states.length > 0 ? [`状态 / states: ${states.join('，')}`] : []),
    `${report.dryRun ? '试导入（未写入）' : '导入'}“${sheet}”：读取 ${read}，新增 ${added}，已有 ${same}，拒绝 ${refusedRows}，待补要素 ${incomplete}`,
    `${report.dryRun ? 'dry run, nothing written' : 'imported'}: read ${read}, added ${added}, same ${same}, refused ${refusedRows}, incomplete ${incomplete}`,
    ...(report.stoppedAfter === undefined
      ? []
      : [
          `已停在第 ${report.stoppedAfter} 行之后，此前各行均已完整写入；再次运行同一命令即可继续 / stopped behind row ${report.stoppedAfter}, all before it is written; run the same command again to go on`,
        ]),
  ]
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
