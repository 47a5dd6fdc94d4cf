// Loads real requests of two foreign cities through --mapping, each into a tenant of its own, on both databases, and checks what came
// of it: node bench/load/real/run.ts. The files are read from QINBA_TEST_DATA (default ../shared/data) and stay there.
import { deepStrictEqual } from 'node:assert'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { startCluster } from '../../../test/cluster.ts'
import { BALTIMORE, NEW_YORK, type RealCity, requestsOf } from './cities.ts'
import { writeCity } from './city-dir.ts'
import { type Ran, runQinba } from './command.ts'

const DATA = resolve(process.env['QINBA_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'))

type Report = {
  read: number
  added: number
  same: number
  refusedRows: number
  states: object
  coarsePoints: number
  refusedBy: object
}

for (const kind of ['embedded', 'postgres'] as const) {
  for (const city of [BALTIMORE, NEW_YORK]) await load(city, kind)
}

async function load(city: RealCity, kind: 'embedded' | 'postgres'): Promise<void> {
  const file = join(DATA, city.file)
  if (!existsSync(file)) return console.log(`${city.name}: ${file} is not here, skipped`)
  const dir = mkdtempSync(join(tmpdir(), 'qinba-real-'))
  const cluster = kind === 'postgres' ? startCluster({ port: 5487 }) : undefined
  try {
    const requests = requestsOf(gunzipSync(readFileSync(file)).toString('utf8'))
    const counties = city.counties(requests)
    const words = ['cases', 'import', file, '--mapping', writeCity(dir, city, counties), '--batch', city.batch, '--json']
    const env = {
      ...{ CITY_DIR: dir, DATA_DIR: join(dir, 'var'), LOG_LEVEL: 'warn', DEMO: '1' },
      ...(cluster && { DATABASE_URL: cluster.url('postgres') }),
    }
    const order = [...words, '--tenant', String(city.code), ...(city.source ? ['--source', city.source] : [])]
    await runQinba(['migrate', '--tenant', String(city.code)], env) // the folder is made first: its time is none of the import's
    const first = await runQinba(order, env)
    const said = reportOf(first)
    const expected = city.expected(requests, counties)
    deepStrictEqual(
      { read: said.read, refusedBy: said.refusedBy, states: said.states, coarsePoints: said.coarsePoints },
      expected,
      `${city.name} on ${kind}`,
    )
    deepStrictEqual(said.added + said.refusedRows, said.read)
    tell(city, kind, { what: 'first', ran: first, report: said })
    const again = await runQinba(order, env)
    const second = reportOf(again)
    deepStrictEqual([second.added, second.same, second.refusedRows], [0, said.added, said.refusedRows])
    tell(city, kind, { what: 'again', ran: again, report: second })
  } finally {
    cluster?.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

function reportOf({ code, out, err }: Ran): Report {
  if (code !== 0) throw new Error(`exit ${code}: ${err.slice(-2000)}`)
  return JSON.parse(out.trim().split('\n').at(-1)!) as Report
}

function tell(city: RealCity, kind: string, { what, ran, report }: { what: string; ran: Ran; report: Report }): void {
  const { read, added, same, refusedRows } = report
  const seconds = ran.ms / 1000
  console.log(
    `${city.name} | ${kind} | ${what} | read ${read}, added ${added}, same ${same}, refused ${refusedRows} | ${seconds.toFixed(1)} s | ${Math.round(read / seconds)} rows/s | CPU ${(ran.cpuMs / 1000).toFixed(1)} s | ${ran.peakMb} MB, own ${ran.ownMb} MB`,
  )
  if (what === 'first')
    console.log(JSON.stringify({ states: report.states, refusedBy: report.refusedBy, coarse: report.coarsePoints }))
}
