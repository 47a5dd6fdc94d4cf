import type { Case } from '../rules/case.ts'
import type { State } from '../rules/codes.ts'
import type { Layout } from './columns.ts'
import type { Fault } from './reader.ts'
import type { Skipped } from './table.ts'

/** What an import did: every row read is added, the same as one that is here already, or refused with each of its faults. */
export type ImportReport = {
  file: string
  sheet: string
  layout: Layout
  dryRun: boolean
  read: number
  added: number
  same: number
  refusedRows: number
  refused: Fault[]
  /** Rows of the sheet that are no problems: totals, headings, repeated headers. */
  skipped: Skipped[]
  /** Columns that were not read because they may say who reported (Code art. 146). */
  leftOut: string[]
  /** How many of the added lack fields that their path needs. */
  incomplete: number
  states: Partial<Record<State, number>>
  createdOrganisations: string[]
}

/** The report of an import that has done nothing yet. */
export function emptyReport(o: Pick<ImportReport, 'file' | 'sheet' | 'layout' | 'dryRun' | 'skipped' | 'leftOut'>): ImportReport {
  return { ...o, read: 0, added: 0, same: 0, refusedRows: 0, refused: [], incomplete: 0, states: {}, createdOrganisations: [] }
}

/** The report with the cases of one more batch. */
export function withAdded(report: ImportReport, cases: readonly Case[]): ImportReport {
  const states = { ...report.states }
  for (const { state } of cases) states[state] = (states[state] ?? 0) + 1
  const incomplete = report.incomplete + cases.filter((c) => c.incomplete.length > 0).length
  return { ...report, added: report.added + cases.length, incomplete, states }
}

/** The report with one more refused row. */
export function withRefused(report: ImportReport, faults: readonly Fault[]): ImportReport {
  return { ...report, refusedRows: report.refusedRows + 1, refused: [...report.refused, ...faults] }
}
