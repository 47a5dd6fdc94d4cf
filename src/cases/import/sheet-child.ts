import { refuse } from '../../base/rules/refusal.ts'
import { parseFile } from './parse-file.ts'

// The process that sheet.ts starts for one file: it answers once and ends.
const answer = await parseFile(process.argv[2] ?? '').catch((error: unknown) =>
  refuse('invalid', 'cases/import-unreadable', { found: String(error instanceof Error ? error.message : error).slice(0, 200) }),
)
process.send?.(answer, undefined, {}, () => process.exit(0))
