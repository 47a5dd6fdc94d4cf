import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Io } from '../../base/command.ts'
import { type Ctx, type House, standing } from '../../base/ctx.ts'
import { Problem, say } from '../../base/problem.ts'
import { isDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { crsSaid } from '../rules/crs-of-file.ts'
import { isLayerKind, LAYER_KIND_LABELS, LAYER_KINDS } from '../rules/layer-kinds.ts'
import type { Layer, LayerOrder, LayerReport } from './layer.ts'
import { addLayer } from './load.ts'
import { layerProblem, refusedLayer } from './problems.ts'
import { showLayer } from './show.ts'
import { listLayers, removeLayer } from './store.ts'

/** What a command line gives: options by name, files as absolute paths. */
export type CommandArgs = { values: Record<string, string | boolean | undefined>; files: string[] }

const USAGE = {
  add: 'usage: layers add FILE --name NAME --kind KIND [--crs EPSG:…|gcj02] [--layer LAYER] [--date DAY] [--source TEXT] [--json]',
  remove: 'usage: layers remove ID',
}

/** `layers add FILE`: exit 0 loaded, 1 refused with one line, 2 wrong usage. */
export function runLayersAdd(house: House, args: CommandArgs, io: Io): Promise<number> {
  const [file, ...others] = args.files
  const order = orderOf(args.values, file)
  if (file === undefined || others.length > 0 || typeof order === 'string') {
    io.err(typeof order === 'string' && file !== undefined ? `${order}\n${USAGE.add}` : USAGE.add)
    return Promise.resolve(2)
  }
  return told(io, async () => {
    if (!(await stat(file).catch(() => undefined))?.isFile()) throw layerProblem('layer-no-file')
    const said = order.crs === undefined ? undefined : crsSaid(order.crs)
    if (isRefusal(said)) throw refusedLayer(said)
    const ctx = systemCtx(house)
    const id = await addLayer(ctx, { ...order, file }, (phase, done, total) => io.progress(done, total, phase))
    const shown = await showLayer(ctx, id)
    for (const line of args.values['json'] ? [JSON.stringify(shown)] : linesOf(shown)) io.out(line)
  })
}

/** `layers list`: what is in use, one line each. */
export function runLayersList(house: House, args: CommandArgs, io: Io): Promise<number> {
  return told(io, async () => {
    const items = await systemCtx(house).tx((db) => listLayers(db, { history: args.values['history'] === true }))
    if (args.values['json']) io.out(JSON.stringify({ items }))
    else for (const layer of items) io.out(lineOf(layer))
  })
}

/** `layers remove ID`: takes a version out of use. */
export function runLayersRemove(house: House, args: CommandArgs & { id: string | undefined }, io: Io): Promise<number> {
  const { id } = args
  if (id === undefined || !/^[0-9a-f-]{36}$/i.test(id)) {
    io.err(USAGE.remove)
    return Promise.resolve(2)
  }
  return told(io, async () => {
    const ctx = systemCtx(house)
    if (!(await ctx.tx((db) => removeLayer(db, id, { now: ctx.now, by: ctx.actor.account })))) throw layerProblem('no-layer')
    io.out(`已停用 / removed: ${id}`)
  })
}

async function told(io: Io, work: () => Promise<void>): Promise<number> {
  try {
    await work()
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.err(`${say(error.text, error.params, 'zh')} / ${say(error.text, error.params, 'en')}`)
    return 1
  }
}

function systemCtx(house: House): Ctx {
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  return standing(house, { tenant: house.tenant, account: 'system', name: '系统' }, scope)
}

function orderOf(values: CommandArgs['values'], file: string | undefined): LayerOrder | string {
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : undefined)
  const [name, kind, date] = [text('name')?.trim(), text('kind'), text('date')]
  if (!name || name.length > 100) return '--name: 1–100 characters'
  if (!kind || !isLayerKind(kind)) return `--kind: ${kind ?? ''} (${LAYER_KINDS.join(', ')})`
  if (date !== undefined && !isDay(date)) return `--date: ${date} (YYYY-MM-DD)`
  return { name, kind, crs: text('crs'), layer: text('layer'), source: text('source'), date, fileName: basename(file ?? '') }
}

function lineOf({ id, name, version, kind, state, current, features, crs, source, date }: Layer): string {
  const label = LAYER_KIND_LABELS[kind]
  const system = crs?.code ? `EPSG:${crs.code}` : (crs?.name ?? '—')
  const words = current ? 'current' : state === 'loaded' ? 'history' : state
  return [id, `${name} v${version}`, words, `${kind} ${label.zh}`, `${features}`, system, date ?? '', source].join('\t')
}

function linesOf({ layer, counts, findings, warnings }: { layer: Layer } & LayerReport): string[] {
  const totals = Object.entries(counts).map(([problem, n]) => `${problem} ${n}`)
  return [
    ...warnings.map(({ zh, en }) => `${zh} / ${en}`),
    ...findings
      .slice(0, 50)
      .map((f) => `#${f.n} ${f.name} ${f.problem}${f.reason ? `: ${f.reason}` : ''}${areas(f)}${f.kept ? '' : ' (left out)'}`),
    ...(findings.length > 50 ? [`… ${findings.length - 50} more in the report`] : []),
    ...(totals.length > 0 ? [`发现 / found: ${totals.join(', ')}`] : []),
    `已加载 / loaded: ${lineOf(layer)}; 修复 / repaired ${layer.repaired}, 舍去 / left out ${layer.leftOut}`,
  ]
}

function areas({ areaBefore, areaAfter }: LayerReport['findings'][number]): string {
  return areaBefore === undefined || areaAfter === undefined ? '' : ` [${Math.round(areaBefore)} → ${Math.round(areaAfter)} m²]`
}
