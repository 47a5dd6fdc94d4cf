import { isRefusal, refuse } from '../../base/rules/refusal.ts'
import { parseFile } from './parse-file.ts'
import type { PageOrder } from './sheet.ts'

// The process that sheet.ts starts for one file: it reads it, answers with the first rows, then gives pages until it is ended.
const [path = '', head = '0', packed] = process.argv.slice(2)
const sheets = await parseFile(path, packed === 'gzip' ? { packed } : {}).catch((error: unknown) =>
  refuse('invalid', 'cases/import-unreadable', { found: String(error instanceof Error ? error.message : error).slice(0, 200) }),
)

process.on('SIGINT', () => undefined) // Ctrl-C reaches every process of a terminal: the one that asked decides
process.on('disconnect', () => process.exit(0)) // whoever asked is gone
process.on('message', ({ at, from, count }: PageOrder) => {
  process.send?.(isRefusal(sheets) ? sheets : (sheets[at]?.rows.slice(from, from + count) ?? []))
})
process.send?.(
  isRefusal(sheets) ? sheets : sheets.map(({ name, rows }) => ({ name, rows: rows.slice(0, Number(head)), total: rows.length })),
)
