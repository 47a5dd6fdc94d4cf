import { csvOf } from '../../../../src/base/rules/csv.ts'
import { BULK_RESULT_NAMES, type BulkLine } from '../../../../src/cases/rules/bulk.ts'
import type { Catalogue } from '../../../shell/catalogue/zh.ts'
import type { Language } from '../../../shell/language.tsx'

/** What became of every case, as a file that Excel opens. */
export function downloadResults(lines: readonly BulkLine[], { t, language }: { t: Catalogue; language: Language }): void {
  const head = [t.list.no, t.list.problem, t.desk.result, t.desk.reason]
  const rows = lines.map((line) => [
    line.no ?? line.id,
    line.title ?? '',
    BULK_RESULT_NAMES[line.result][language],
    line.why?.text ?? '',
  ])
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csvOf([head, ...rows])], { type: 'text/csv;charset=utf-8' }))
  link.download = `${t.desk.bulk}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
