import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Db } from '../../base/db.ts'
import { yearOf } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { createOrganisations, findOrganisations, listOrganisations } from '../../people/index.ts'
import { type Area, findCountiesAt, listAreas } from '../../places/index.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { withFirstCourse } from '../numbers/keep.ts'
import { refused } from '../problems.ts'
import { caseNumber } from '../report.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Case } from '../rules/case.ts'
import type { SourceType } from '../rules/codes.ts'
import { colourOf } from '../rules/colours.ts'
import { decide, evolve } from '../rules/lifecycle.ts'
import { insertCases, nextNumbers, type Step } from '../store.ts'
import { turnsOf } from '../work/rules/turns.ts'
import { saveTurns } from '../work/store-turns.ts'
import type { Held } from './differing.ts'
import { readHead } from './head.ts'
import { type Feed, type ImportSink, importTable, type Progress } from './import-table.ts'
import { NO_MAPPING, parseMapping } from './mapping.ts'
import type { ImportReport } from './report.ts'
import { type OpenSheets, openSheets } from './sheet.ts'
import { heldByKey, heldByNumber } from './store-import.ts'
import { HEAD_ROWS, type OpenTable, openTable, type TableHead } from './table.ts'
import { importProblem, refusedFile } from './texts.ts'
import { type FindOrg, type NewOrg, orgFinder } from './units.ts'
import { codeOf, SOURCES } from './values.ts'

/** What is imported: paths of the file and of the mapping, the source as a code or in its words; `name` is what the file is called. */
export type ImportOrder = {
  file: string
  name?: string | undefined
  source?: string | undefined
  batch?: string | undefined
  mapping?: string | undefined
  dryRun?: boolean | undefined
  stop?: AbortSignal | undefined
}

/** 导入: reads a sheet, puts each row in the state its columns prove, and says what it did with every one of them. */
export async function importCases(ctx: StaffCtx, o: ImportOrder, progress?: Progress): Promise<ImportReport> {
  const source = sourceOf(o.source)
  const mapping = o.mapping === undefined ? NO_MAPPING : parseMapping(await readText(o.mapping))
  if (isRefusal(mapping)) throw refusedFile(mapping)
  const file = await openSheets(o.file, { packed: mapping.packed, head: HEAD_ROWS })
  if (isRefusal(file)) throw refusedFile(file)
  try {
    const table = openTable(file.sheets, mapping)
    if (isRefusal(table)) throw refusedFile(table)
    if (!source && !saysSource(table, mapping.constants)) throw importProblem('import-no-source', { expected: SOURCES.expected })
    const options = { file: o.name ?? basename(o.file), source, batch: o.batch, dryRun: o.dryRun ?? false, stop: o.stop }
    return await importTable(await sinkOf(ctx), feedOf(file, table), options, progress)
  } finally {
    file.close()
  }
}

// The file's own process keeps the rows; here are those of one batch.
function feedOf(file: OpenSheets, { at, from, read, ...head }: OpenTable): Feed {
  const end = file.sheets[at]!.total
  async function* parts(size: () => number) {
    for (let next = from, count = 0; next < end; next += count) {
      count = size()
      const rows = await file.page(at, next, count)
      if (isRefusal(rows)) throw refusedFile(rows)
      yield read(rows)
    }
  }
  return { ...head, total: end - from, parts }
}

/** The database as the place where imported rows go. */
export async function sinkOf(ctx: StaffCtx): Promise<ImportSink> {
  const areas = await ctx.tx((db) => listAreas(db, ctx.actor.tenant, {}))
  const env = envOf(ctx)
  const nobody: FindOrg = () => undefined
  return {
    ...{ today: env.today, law: ctx.law, areas },
    organisations: () => ctx.tx(listOrganisations),
    countiesOf: (points) =>
      points.length === 0 ? Promise.resolve([]) : ctx.tx((db) => findCountiesAt(db, ctx.actor.tenant, points)),
    existing: ({ keys, nos }) =>
      ctx.tx(async (db) => ({
        keys: await heldByKey(db, keys),
        nos: nos.length > 0 ? await heldByNumber(db, nos) : new Map<string, Held>(),
      })),
    judge: (start) => {
      const step = begin(ctx, start, '—')
      return isRefusal(step) ? step : step.case
    },
    write: ({ orgs, make }) =>
      ctx.tx(async (db) => {
        const began = performance.now() // here, so that waiting for others' turn does not count
        const find = orgs.length > 0 ? await withMissing(ctx, db, { orgs, areas }) : nobody
        const cases = await insertStarts(ctx, db, make(find))
        return { cases, ms: performance.now() - began }
      }),
  }
}

// A name of an organisation that was closed is still taken: rows of old times may name it.
async function withMissing(
  ctx: StaffCtx,
  db: Db,
  { orgs, areas }: { orgs: readonly NewOrg[]; areas: readonly Area[] },
): Promise<FindOrg> {
  const names = orgs.map((org) => org.name)
  const taken = await findOrganisations(db, names)
  const missing = orgs.filter((org) => !taken.has(org.name)).map((org) => ({ ...org, kind: 'imported' }))
  if (missing.length > 0) await createOrganisations({ ...ctx, tx: (work) => work(db) }, missing)
  return orgFinder([...[...taken].map(([name, id]) => ({ id, name })), ...(await listOrganisations(db))], areas)
}

async function insertStarts(ctx: StaffCtx, db: Db, starts: readonly ImportedStart[]): Promise<Case[]> {
  if (starts.length === 0) return []
  const { today } = envOf(ctx)
  const year = yearOf(today)
  const first = await nextNumbers(db, { year, name: 'case', count: starts.length })
  const steps = starts.map((start, at): Step => {
    const step = begin(ctx, start, caseNumber(ctx.settings.numberPrefix, year, first + at))
    if (isRefusal(step)) throw refused(step)
    return { ...withFirstCourse(step, ctx.law), colour: { ...colourOf(step.case, { today, law: ctx.law }), day: today } }
  })
  await insertCases(db, steps)
  const turns = (c: Case) => turnsOf(c, { today, law: ctx.law })
  await saveTurns(
    db,
    steps.map(({ case: c, colour }) => ({ case: c, colour: colour!.colour, turns: turns(c) })),
  )
  return steps.map((step) => step.case)
}

function begin(ctx: StaffCtx, start: ImportedStart, no: string) {
  const event = decide(undefined, { move: 'import', start }, { ...envOf(ctx), id: randomUUID(), no })
  return isRefusal(event) ? event : { case: evolve(undefined, event), event }
}

function sourceOf(words: string | undefined): SourceType | undefined {
  if (words === undefined) return undefined
  const source = codeOf(SOURCES, words)
  if (!source)
    throw importProblem('import-bad-source', { found: words, expected: [...new Set(SOURCES.codes.values())].join(', ') })
  return source
}

function saysSource(table: TableHead, constants: TableHead['headers']): boolean {
  return table.headers.source !== undefined || constants.source !== undefined || readHead(table.head).source !== undefined
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw importProblem('import-no-file', { found: `${basename(path)} ${error.code ?? ''}` })
  })
}
