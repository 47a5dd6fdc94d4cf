import { createHash } from 'node:crypto'
import type { Day } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Case, Point } from '../rules/case.ts'
import type { SourceType } from '../rules/codes.ts'
import { differenceOf, type Held } from './differing.ts'
import { readHead } from './head.ts'
import { nextRows, ROWS } from './pace.ts'
import { type Proven, type Proving, proveRow } from './prove.ts'
import { type Fault, isBlank } from './reader.ts'
import { countAdded, countDiffering, countRead, countRefused, emptyReport, type ImportReport } from './report.ts'
import type { Row, Table, TableHead, TableRows } from './table.ts'
import { type FindOrg, type NewOrg, newOrgs, type Org, orgFinder } from './units.ts'

/** Where imported rows go, and what is asked of it; run.ts makes one of the database, tests of a list. */
export type ImportSink = {
  today: Day
  law: Law
  areas: readonly Area[]
  organisations(): Promise<Org[]>
  /** The county that each point lies in; undefined as a whole where the city has no boundaries to say it by. */
  countiesOf(points: readonly Point[]): Promise<(string | undefined)[] | undefined>
  /** What is here already, by the key of its row and by its number. */
  existing(asked: { keys: string[]; nos: string[] }): Promise<{ keys: Map<string, Held>; nos: Map<string, Held> }>
  /** What the procedure makes of a row, nothing written. */
  judge(start: ImportedStart): Case | Refusal
  /**
   * Creates the organisations, makes the rows with them, and writes all of them in one transaction or none. By the milliseconds that
   * the transaction lasted the next one is made longer or shorter.
   */
  write(batch: { orgs: NewOrg[]; make(find: FindOrg): ImportedStart[] }): Promise<{ cases: Case[]; ms?: number }>
}

/**
 * A table whose rows come a batch at a time, each asked for when the one before is written and as large as `size` says then; `total`
 * counts rows and passed-over ones.
 */
export type Feed = TableHead & { total: number; parts(size: () => number): AsyncIterable<TableRows> | Iterable<TableRows> }

/** `stop` ends the import behind the batch that is being written. */
export type ImportOptions = {
  file: string
  source?: SourceType | undefined
  batch?: string | undefined
  dryRun?: boolean
  stop?: AbortSignal | undefined
}
export type Progress = (done: number, total: number) => void

type Run = {
  sink: ImportSink
  headers: TableHead['headers']
  proving: Omit<Proving, 'find'>
  seen: Map<string, Seen>
  report: ImportReport
  created: Set<string>
  /** The directory as it was last read; it is read anew when a batch has added to it. */
  find: FindOrg | undefined
  /** Rows of the next transaction. */
  size: number
}
type Seen = { line: number; mark: string }
type Candidate = Extract<Proven, { start: ImportedStart }> & { row: Row }

/**
 * Takes every row of a table: what is here already stays untouched and is named where the sheet has another text, what is new is written
 * in batches, what does not hold is reported with every reason. An import that was cut short is finished by running it again.
 */
export async function importTable(
  sink: ImportSink,
  table: Table | Feed,
  o: ImportOptions,
  progress: Progress = () => undefined,
): Promise<ImportReport> {
  const feed = 'parts' in table ? table : feedOf(table)
  const run = runOf(sink, feed, o)
  let done = 0
  let line = 0
  for await (const part of feed.parts(() => run.size)) {
    if (o.stop?.aborted) {
      run.report.stoppedAfter = line
      break
    }
    countRead(run.report, part)
    await importBatch(run, part.rows)
    done += part.rows.length + part.skipped.length
    line = Math.max(line, part.rows.at(-1)?.line ?? 0, part.skipped.at(-1)?.line ?? 0)
    progress(done, feed.total)
  }
  run.report.createdOrganisations = [...run.created]
  run.report.refused.sort((a, b) => a.line - b.line)
  return run.report
}

function feedOf({ rows, skipped, ...head }: Table): Feed {
  function* parts(size: () => number) {
    for (let at = 0, end = 0; at < rows.length || at === 0; at = end) {
      end = at + size()
      yield { rows: rows.slice(at, end), skipped: at === 0 ? skipped : [] }
    }
  }
  return { ...head, total: rows.length + skipped.length, parts }
}

function runOf(sink: ImportSink, head: TableHead, { stop: _, ...o }: ImportOptions): Run {
  const { layout, headers, crs, sheet, leftOut } = head
  const { today, law } = sink
  const areas = sink.areas.filter(({ level }) => level !== 'village') // no column names one
  const proving = { today, law, areas, layout, headers, crs, head: readHead(head.head), ...o }
  const report = emptyReport({ file: o.file, sheet, layout, leftOut, dryRun: o.dryRun ?? false })
  return { sink, headers, proving, seen: new Map(), report, created: new Set(), find: undefined, size: ROWS.first }
}

async function importBatch(run: Run, rows: readonly Row[]): Promise<void> {
  const { sink, report } = run
  if (rows.length === 0) return
  run.find ??= orgFinder(await sink.organisations(), sink.areas)
  const { find } = run
  const fresh = await withoutKnown(run, await proveAll(run, rows, find))
  const judged = fresh.map((candidate) => ({ ...candidate, answer: sink.judge(candidate.start) }))
  for (const { line, answer } of judged) if (isRefusal(answer)) countRefused(report, [faultOf(line, answer)])
  const good = judged.filter(({ answer }) => !isRefusal(answer))
  const wanted = newOrgs(
    good.map(({ row }) => row.fields),
    { areas: sink.areas, find },
  )
  for (const { name } of wanted) run.created.add(name)
  countAdded(report, report.dryRun ? good.map(({ answer }) => answer as Case) : await writeAll(run, good, wanted))
}

// Names that the directory does not know yet stand for themselves until the batch is written.
async function proveAll(run: Run, rows: readonly Row[], known: FindOrg): Promise<Candidate[]> {
  const find: FindOrg = (name) => known(name) ?? { id: name, name }
  const candidates: Candidate[] = []
  for (const row of rows) {
    const proven = proveRow(row, { ...run.proving, find })
    if ('faults' in proven) countRefused(run.report, proven.faults)
    else candidates.push({ ...proven, row })
  }
  return inPlace(run, candidates)
}

// A zone has no boundary, so a point in any county of the city may be its own.
async function inPlace(run: Run, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const { sink, headers, proving } = run
  const located = candidates.filter(({ start }) => start.place.point)
  const counties = await sink.countiesOf(located.map(({ start }) => start.place.point!))
  if (!counties) return [...candidates]
  const outside = located.filter(({ start }, at) => {
    const county = counties[at]
    const isCounty = proving.areas.find(({ code }) => code === start.place.region)?.level === 'county'
    return county === undefined || (isCounty && county !== start.place.region)
  })
  for (const { line, start, row } of outside) {
    const { region } = start.place
    const { point = '', lng, lat } = row.fields
    const expected = proving.areas.find(({ code }) => code === region)?.name ?? region
    const column = headers.point ?? headers.lng ?? 'point'
    const found = isBlank(point) ? `${lng}, ${lat}` : point
    countRefused(run.report, [{ line, column, found, expected, code: 'cases/import-point-outside' }])
  }
  const refused = new Set(outside)
  return candidates.filter((candidate) => !refused.has(candidate))
}

// The same row again is the same; the same number with another text is a fault that only a person can settle.
async function withoutKnown(run: Run, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const keys = candidates.map(({ start }) => start.key)
  const nos = candidates.flatMap(({ systemNo }) => (systemNo ? [systemNo] : []))
  const known = await run.sink.existing({ keys, nos })
  return candidates.filter((candidate) => {
    const { start, line, systemNo } = candidate
    const before = run.seen.get(start.key)
    const mark = markOf(start.originalText)
    if (!before) run.seen.set(start.key, { line, mark })
    if (before && before.mark !== mark) {
      countRefused(run.report, [twice(run, candidate, before)])
      return false
    }
    const held = known.keys.get(start.key) ?? known.nos.get(systemNo ?? '')
    if (!before && !held) return true
    run.report.same += 1
    if (held) tellDifference(run, candidate, held)
    return false
  })
}

// What is here stays as it is, as it may have been judged by; a person has to know that the sheet says otherwise now.
function tellDifference({ report, headers }: Run, { line, start }: Candidate, held: Held): void {
  const difference = differenceOf(held.text, start.originalText)
  if (difference) countDiffering(report, { line, column: headers.problem ?? '', no: held.no, ...difference })
}

// Enough of a hash to tell two texts apart: the texts themselves of a whole sheet would be many megabytes.
function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22)
}

function twice({ headers }: Run, { line, start }: Candidate, before: Seen): Fault {
  const column = headers.originalNo ?? headers.problem ?? ''
  return { line, column, found: start.originalNo ?? start.title, expected: String(before.line), code: 'cases/import-twice' }
}

async function writeAll(run: Run, good: readonly Candidate[], orgs: NewOrg[]): Promise<Case[]> {
  if (good.length === 0) return []
  if (orgs.length > 0) run.find = undefined
  const { cases, ms } = await run.sink.write({
    orgs,
    make: orgs.length > 0 ? (find) => startsOf(run, good, find) : () => good.map(({ start }) => start),
  })
  if (ms !== undefined) run.size = nextRows(run.size, ms)
  return cases
}

// Rows that name somebody new are proven once more, now that the directory has them; others were proven with it as it stands.
function startsOf(run: Run, good: readonly Candidate[], find: FindOrg): ImportedStart[] {
  return good.flatMap(({ row }) => {
    const proven = proveRow(row, { ...run.proving, find })
    return 'start' in proven ? [proven.start] : []
  })
}

function faultOf(line: number, { code, params }: Refusal): Fault {
  return { line, column: '—', found: String(params.found ?? ''), expected: String(params.expected ?? ''), code, params }
}
