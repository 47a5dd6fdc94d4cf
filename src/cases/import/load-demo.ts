import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import type { StaffCtx } from '../ctx.ts'
import { officeOf } from './command.ts'
import { type DemoData, realTable, sampleTable } from './demo.ts'
import { importTable } from './import-table.ts'
import type { ImportReport } from './report.ts'
import { sinkOf } from './run.ts'

const FOLDER = new URL('../../../data/demo/', import.meta.url)
const SEED = 20_210_602

/** Whether the product ships a demo of this city. */
export function hasDemo(city: number): boolean {
  return existsSync(new URL(`${city}.json`, FOLDER))
}

/** The demo list: the published form as it is, and samples after the published counts. An import like any other, so it runs twice without harm. */
export async function importDemo(ctx: StaffCtx): Promise<ImportReport[]> {
  const asOffice = { ...ctx, actor: officeOf(ctx) }
  const data = JSON.parse(await readFile(new URL(`${ctx.actor.tenant}.json`, FOLDER), 'utf8')) as DemoData
  const sink = await sinkOf(asOffice)
  const today = dayOf(ctx.now.toISOString() as Instant)
  const real = await importTable(sink, realTable({ data }), { file: '公开公示' })
  const samples = await importTable(sink, sampleTable({ data, today, seed: SEED, areas: sink.areas }), { file: '示例数据' })
  return [real, samples]
}
