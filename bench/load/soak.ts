// Memory over an hour: lists, cases and tiles at 20/s and a report every second; the server's memory each minute.
// DATABASE_URL and DATA_DIR of a city filled by fill.ts; node bench/load/soak.ts [minutes]
import { drawPaths } from './paths.ts'
import { report } from './reports.ts'
import { signIn, start } from './server.ts'
import { atRate } from './shots.ts'

const databaseUrl = process.env['DATABASE_URL']!
const dataDir = process.env['DATA_DIR']!
const minutes = Number(process.argv[2] ?? 60)
const paths = await drawPaths(databaseUrl)
const ours = await start('src/main.ts', { env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: '1' }, ready: '/readyz' })
const headers = await signIn(ours.url, { dataDir, username: 'office' })
for (let i = 1; i <= minutes; i++) {
  const o = { url: ours.url, headers, seconds: 60 }
  const reads = (['list', 'detail', 'tile'] as const).map((kind) =>
    atRate({ ...o, paths: paths[kind], rate: 20 / 3, seed: `${kind} ${i}` }),
  )
  const [reported, ...shots] = await Promise.all([report({ ...o, databaseUrl, rate: 1 }), ...reads])
  const failed = shots.reduce((sum, shot) => sum + shot.failed, reported.sent - reported.kept)
  console.log(`minute ${i}: ${ours.rssMiB()} MiB, p99 ${shots.map((shot) => shot.p99).join(', ')} ms, ${failed} failed or lost`)
}
await ours.stop()
process.exit(0)
