// How long others wait while an import runs inside a server: GET /api/cases over and over, before and during the import of New York's
// requests into a throwaway demo city. node bench/load/real/beside.ts; with DATABASE_URL on that PostgreSQL.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startServer } from '../../../test/server.ts'
import { NEW_YORK } from './cities.ts'
import { runQinba } from './command.ts'

const DATA = resolve(process.env['QINBA_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'))

const dir = mkdtempSync(join(tmpdir(), 'qinba-beside-'))
const map = join(dir, 'map.json')
const { columns } = NEW_YORK.mapping([]) as { columns: object }
writeFileSync(map, JSON.stringify({ packed: 'gzip', dates: 'mdy', columns, values: { region: { '*': '汉中市' } } }))
const server = await startServer(dir, { DEMO: '1' })
try {
  const headers = await server.signIn('office')
  const ask = () => fetch(`${server.url}/api/cases?limit=50`, { headers }).then((answer) => answer.arrayBuffer())
  tell('before', await waits(ask, new Promise((done) => setTimeout(done, 15_000))))
  const words = ['cases', 'import', join(DATA, NEW_YORK.file), '--mapping', map, '--source', 'hotline_12345', '--batch', 'beside']
  const run = runQinba(words, { DATA_DIR: dir })
  tell('during', await waits(ask, run))
  const { code, ms, out } = await run
  console.log(`import: exit ${code}, ${(ms / 1000).toFixed(1)} s, ${out.trim().split('\n').at(-1)}`)
} finally {
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
  rmSync(`${dir}.checkpoints`, { recursive: true, force: true })
}

async function waits(ask: () => Promise<unknown>, until: Promise<unknown>): Promise<number[]> {
  let over = false
  void until.then(() => (over = true))
  const found: number[] = []
  while (!over) {
    const started = performance.now()
    await ask()
    found.push(performance.now() - started)
    await new Promise((next) => setTimeout(next, 50))
  }
  return found.sort((a, b) => a - b)
}

function tell(when: string, sorted: number[]): void {
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  console.log(`GET /api/cases ${when}: ${sorted.length} requests, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`)
}
