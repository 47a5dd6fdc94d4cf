import type { Case } from '../rules/case.ts'
import type { State } from '../rules/codes.ts'
import type { Layout } from './columns.ts'
import type { Differing } from './differing.ts'
import type { Fault } from './reader.ts'
import type { Row, Skipped } from './table.ts'

/** What an import did: every row read is added, the same as one that is here already, or refused with each of its faults. */
export type ImportReport = {
  file: string
  sheet: string
  layout: Layout
  dryRun: boolean
  read: number
  added: number
  same: number
  /** How many of the same have another text in the sheet than their case has; nothing is overwritten. */
  differingRows: number
  /** The first of them. */
  differing: Differing[]
  refusedRows: number
  /** The faults of refused rows, of the first ones where there are very many; `refusedBy` counts them all. */
  refused: Fault[]
  /** How many rows were refused for what, each by the first of its faults. */
  refusedBy: Record<string, number>
  /** Rows of the sheet that are no problems: totals, headings, repeated headers; the first ones where there are very many. */
  skipped: Skipped[]
  /** Columns that were not read because they may say who reported (Code art. 146). */
  leftOut: string[]
  /** How many of the added lack fields that their path needs. */
  incomplete: number
  states: Partial<Record<State, number>>
  createdOrganisations: string[]
  /** How many rows read had a point too coarse to be a place; they go in without it, its words are kept. */
  coarsePoints: number
  /** The last row dealt with where somebody stopped the import; run again, it goes on behind it. */
  stoppedAfter?: number
}

/** Lists of a report hold this much at most, so that a sheet of nothing but faults does not fill the memory. */
export const LISTED = 10_000

/** The report of an import that has done nothing yet. */
export function emptyReport(o: Pick<ImportReport, 'file' | 'sheet' | 'layout' | 'dryRun' | 'leftOut'>): ImportReport {
  const counts = { read: 0, added: 0, same: 0, differingRows: 0, refusedRows: 0, incomplete: 0, coarsePoints: 0 }
  return { ...o, ...counts, differing: [], refused: [], refusedBy: {}, skipped: [], states: {}, createdOrganisations: [] }
}

/** Counts rows that were read, and those between them that were passed over. */
export function countRead(report: ImportReport, { rows, skipped }: { rows: readonly Row[]; skipped: readonly Skipped[] }): void {
  report.read += rows.length
  report.coarsePoints += rows.filter((row) => row.coarse).length
  report.skipped.push(...skipped.slice(0, LISTED - report.skipped.length))
}

/** Counts the cases of one more batch. */
export function countAdded(report: ImportReport, cases: readonly Case[]): void {
  for (const { state } of cases) report.states[state] = (report.states[state] ?? 0) + 1
  report.added += cases.length
  report.incomplete += cases.filter((c) => c.incomplete.length > 0).length
}

/** Counts one more row that is here already with another text. */
export function countDiffering(report: ImportReport, differing: Differing): void {
  report.differingRows += 1
  if (report.differing.length < LISTED) report.differing.push(differing)
}

/** Counts one more refused row. */
export function countRefused(report: ImportReport, faults: readonly Fault[]): void {
  const why = faults[0]?.code ?? 'unknown'
  report.refusedRows += 1
  report.refusedBy[why] = (report.refusedBy[why] ?? 0) + 1
  report.refused.push(...faults.slice(0, LISTED - report.refused.length))
}
