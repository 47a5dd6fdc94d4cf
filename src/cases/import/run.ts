import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Db } from '../../base/db.ts'
import { yearOf } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { createOrganisation, findOrganisations, listOrganisations } from '../../people/index.ts'
import { findCountyAt, listAreas } from '../../places/index.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { refused } from '../problems.ts'
import { caseNumber } from '../report.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Case, Point } from '../rules/case.ts'
import type { SourceType } from '../rules/codes.ts'
import { colourOf } from '../rules/colours.ts'
import { decide, evolve } from '../rules/lifecycle.ts'
import { existingKeys, insertCases, nextNumber, type Step, saveColours } from '../store.ts'
import { readHead } from './head.ts'
import { type ImportSink, importTable, type Progress } from './import-table.ts'
import { NO_MAPPING, parseMapping } from './mapping.ts'
import type { ImportReport } from './report.ts'
import { readSheets } from './sheet.ts'
import { existingNumbers } from './store-import.ts'
import { findTable, type Table } from './table.ts'
import { importProblem, refusedFile } from './texts.ts'
import { type NewOrg, type Org, orgFinder } from './units.ts'
import { codeOf, SOURCES } from './values.ts'

/** What is imported: paths of the file and of the mapping, the source as a code or in its words; `name` is what the file is called. */
export type ImportOrder = {
  file: string
  name?: string | undefined
  source?: string | undefined
  batch?: string | undefined
  mapping?: string | undefined
  dryRun?: boolean | undefined
}

/** 导入: reads a sheet, puts each row in the state its columns prove, and says what it did with every one of them. */
export async function importCases(ctx: StaffCtx, o: ImportOrder, progress?: Progress): Promise<ImportReport> {
  const source = sourceOf(o.source)
  const mapping = o.mapping === undefined ? NO_MAPPING : parseMapping(await readText(o.mapping))
  if (isRefusal(mapping)) throw refusedFile(mapping)
  const sheets = await readSheets(o.file)
  if (isRefusal(sheets)) throw refusedFile(sheets)
  const table = findTable(sheets, mapping)
  if (isRefusal(table)) throw refusedFile(table)
  if (!source && !saysSource(table, mapping.constants)) throw importProblem('import-no-source', { expected: SOURCES.expected })
  const options = { file: o.name ?? basename(o.file), source, batch: o.batch, dryRun: o.dryRun ?? false }
  return importTable(await sinkOf(ctx), table, options, progress)
}

/** The database as the place where imported rows go. */
export async function sinkOf(ctx: StaffCtx): Promise<ImportSink> {
  const areas = await ctx.tx((db) => listAreas(db, ctx.actor.tenant, {}))
  const env = envOf(ctx)
  return {
    ...{ today: env.today, law: ctx.law, areas },
    organisations: () => ctx.tx(listOrganisations),
    countiesOf: (points) =>
      points.length === 0 ? Promise.resolve([]) : ctx.tx((db) => findCounties(db, ctx.actor.tenant, points)),
    existing: ({ keys, nos }) =>
      ctx.tx(async (db) => ({ keys: await existingKeys(db, keys), nos: await existingNumbers(db, nos) })),
    judge: (start) => {
      const step = begin(ctx, start, '—')
      return isRefusal(step) ? step : step.case
    },
    write: ({ orgs, make }) =>
      ctx.tx(async (db) => {
        const known = await createMissing(ctx, db, orgs)
        return insertStarts(ctx, db, make(orgFinder([...known, ...(await listOrganisations(db))], areas)))
      }),
  }
}

async function findCounties(db: Db, tenant: number, points: readonly Point[]): Promise<(string | undefined)[]> {
  const codes: (string | undefined)[] = []
  for (const point of points) codes.push((await findCountyAt(db, tenant, point))?.code)
  return codes
}

// A name of an organisation that was closed is still taken: rows of old times may name it.
async function createMissing(ctx: StaffCtx, db: Db, orgs: readonly NewOrg[]): Promise<Org[]> {
  const taken = await findOrganisations(
    db,
    orgs.map((org) => org.name),
  )
  const missing = orgs.filter((org) => !taken.has(org.name))
  for (const org of missing) await createOrganisation({ ...ctx, tx: (work) => work(db) }, { ...org, kind: 'imported' })
  return [...taken].map(([name, id]) => ({ id, name }))
}

async function insertStarts(ctx: StaffCtx, db: Db, starts: readonly ImportedStart[]): Promise<Case[]> {
  const { today } = envOf(ctx)
  const steps: Step[] = []
  for (const start of starts) {
    const no = caseNumber(ctx.settings.numberPrefix, yearOf(today), await nextNumber(db, yearOf(today), 'case'))
    const step = begin(ctx, start, no)
    if (isRefusal(step)) throw refused(step)
    steps.push(step)
  }
  await insertCases(db, steps)
  const cases = steps.map((step) => step.case)
  await saveColours(
    db,
    cases.map((c) => ({ id: c.id, version: c.version, ...colourOf(c, { today, law: ctx.law }) })),
    today,
  )
  return cases
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

function saysSource(table: Table, constants: Table['headers']): boolean {
  return table.headers.source !== undefined || constants.source !== undefined || readHead(table.head).source !== undefined
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw importProblem('import-no-file', { found: `${basename(path)} ${error.code ?? ''}` })
  })
}
