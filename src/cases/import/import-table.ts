import type { Day } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Case, Point } from '../rules/case.ts'
import type { SourceType } from '../rules/codes.ts'
import { readHead } from './head.ts'
import { type Proven, type Proving, proveRow } from './prove.ts'
import type { Fault } from './reader.ts'
import { emptyReport, type ImportReport, withAdded, withRefused } from './report.ts'
import type { Row, Table } from './table.ts'
import { type FindOrg, type NewOrg, newOrgs, type Org, orgFinder } from './units.ts'

/** Where imported rows go, and what is asked of it; run.ts makes one of the database, tests of a list. */
export type ImportSink = {
  today: Day
  law: Law
  areas: readonly Area[]
  organisations(): Promise<Org[]>
  /** The county that each point lies in. */
  countiesOf(points: readonly Point[]): Promise<(string | undefined)[]>
  existing(asked: { keys: string[]; nos: string[] }): Promise<{ keys: Set<string>; nos: Set<string> }>
  /** What the procedure makes of a row, nothing written. */
  judge(start: ImportedStart): Case | Refusal
  /** Creates the organisations, makes the rows with them, and writes all of them in one transaction or none. */
  write(batch: { orgs: NewOrg[]; make(find: FindOrg): ImportedStart[] }): Promise<Case[]>
}

export type ImportOptions = { file: string; source?: SourceType | undefined; batch?: string | undefined; dryRun?: boolean }
export type Progress = (done: number, total: number) => void

// Rows of one transaction at most.
const BATCH = 200

type Run = { sink: ImportSink; table: Table; proving: Omit<Proving, 'find'>; seen: Map<string, Seen>; report: ImportReport }
type Seen = { line: number; text: string }
type Candidate = Extract<Proven, { start: ImportedStart }> & { row: Row }

/**
 * Takes every row of a table: what is here already stays untouched, what is new is written in batches, what does not hold is
 * reported with every reason. An import that was cut short is finished by running it again.
 */
export async function importTable(
  sink: ImportSink,
  table: Table,
  o: ImportOptions,
  progress: Progress = () => undefined,
): Promise<ImportReport> {
  const { today, law } = sink
  const areas = sink.areas.filter(({ level }) => level !== 'village') // no column names one
  const proving = { today, law, areas, layout: table.layout, headers: table.headers, head: readHead(table.head), ...o }
  const facts = { file: o.file, sheet: table.sheet, layout: table.layout, skipped: table.skipped, leftOut: table.leftOut }
  const run: Run = { sink, table, proving, seen: new Map(), report: emptyReport({ ...facts, dryRun: o.dryRun ?? false }) }
  for (let at = 0; at < table.rows.length; at += BATCH) {
    await importBatch(run, table.rows.slice(at, at + BATCH))
    progress(Math.min(at + BATCH, table.rows.length), table.rows.length)
  }
  return { ...run.report, refused: run.report.refused.toSorted((a, b) => a.line - b.line) }
}

async function importBatch(run: Run, rows: readonly Row[]): Promise<void> {
  const { sink, report } = run
  const orgs = await sink.organisations()
  const find = orgFinder(orgs, sink.areas)
  run.report = { ...report, read: report.read + rows.length }
  const fresh = await withoutKnown(run, await proveAll(run, rows, find))
  const judged = fresh.map((candidate) => ({ ...candidate, answer: sink.judge(candidate.start) }))
  for (const { line, answer } of judged) if (isRefusal(answer)) refuseRow(run, [faultOf(line, answer)])
  const good = judged.filter(({ answer }) => !isRefusal(answer))
  const wanted = newOrgs(
    good.map(({ row }) => row.fields),
    { areas: sink.areas, find },
  )
  const names = wanted.map(({ name }) => name).filter((name) => !run.report.createdOrganisations.includes(name))
  const cases = run.report.dryRun ? good.map(({ answer }) => answer as Case) : await writeAll(run, good, wanted)
  run.report = { ...withAdded(run.report, cases), createdOrganisations: [...run.report.createdOrganisations, ...names] }
}

// Names that the directory does not know yet stand for themselves until the batch is written.
async function proveAll(run: Run, rows: readonly Row[], known: FindOrg): Promise<Candidate[]> {
  const find: FindOrg = (name) => known(name) ?? { id: name, name }
  const candidates: Candidate[] = []
  for (const row of rows) {
    const proven = proveRow(row, { ...run.proving, find })
    if ('faults' in proven) refuseRow(run, proven.faults)
    else candidates.push({ ...proven, row })
  }
  return inPlace(run, candidates)
}

// A zone has no boundary, so a point in any county of the city may be its own.
async function inPlace(run: Run, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const { sink, table, proving } = run
  const located = candidates.filter(({ start }) => start.place.point)
  const counties = await sink.countiesOf(located.map(({ start }) => start.place.point!))
  const outside = located.filter(({ start }, at) => {
    const county = counties[at]
    const isCounty = proving.areas.find(({ code }) => code === start.place.region)?.level === 'county'
    return county === undefined || (isCounty && county !== start.place.region)
  })
  for (const { line, start } of outside) {
    const { region, point } = start.place
    const expected = proving.areas.find(({ code }) => code === region)?.name ?? region
    const column = table.headers.point ?? table.headers.lng ?? 'point'
    refuseRow(run, [{ line, column, found: `${point!.lng}, ${point!.lat}`, expected, code: 'cases/import-point-outside' }])
  }
  return candidates.filter((candidate) => !outside.includes(candidate))
}

// The same row again is the same; the same number with another text is a fault that only a person can settle.
async function withoutKnown(run: Run, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const keys = candidates.map(({ start }) => start.key)
  const nos = candidates.flatMap(({ systemNo }) => (systemNo ? [systemNo] : []))
  const known = await run.sink.existing({ keys, nos })
  return candidates.filter((candidate) => {
    const { start, line, systemNo } = candidate
    const before = run.seen.get(start.key)
    run.seen.set(start.key, before ?? { line, text: start.originalText })
    if (before && before.text !== start.originalText) {
      refuseRow(run, [twice(run, candidate, before)])
      return false
    }
    const isKnown = before !== undefined || known.keys.has(start.key) || (systemNo !== undefined && known.nos.has(systemNo))
    if (isKnown) run.report = { ...run.report, same: run.report.same + 1 }
    return !isKnown
  })
}

function twice({ table }: Run, { line, start }: Candidate, before: Seen): Fault {
  const column = table.headers.originalNo ?? table.headers.problem ?? ''
  return { line, column, found: start.originalNo ?? start.title, expected: String(before.line), code: 'cases/import-twice' }
}

async function writeAll(run: Run, good: readonly Candidate[], orgs: NewOrg[]): Promise<Case[]> {
  if (good.length === 0) return []
  return run.sink.write({
    orgs,
    make: (find) =>
      good.flatMap(({ row }) => {
        const proven = proveRow(row, { ...run.proving, find })
        return 'start' in proven ? [proven.start] : []
      }),
  })
}

function faultOf(line: number, { code, params }: Refusal): Fault {
  return { line, column: '—', found: String(params.found ?? ''), expected: String(params.expected ?? ''), code, params }
}

function refuseRow(run: Run, faults: readonly Fault[]): void {
  run.report = withRefused(run.report, faults)
}
