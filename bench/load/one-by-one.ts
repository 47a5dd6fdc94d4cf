// Lists, single cases and tiles one after another, without any load: DATABASE_URL and DATA_DIR of a city filled by fill.ts.
import { drawPaths } from './paths.ts'
import { signIn, start } from './server.ts'
import { oneByOne } from './shots.ts'

const databaseUrl = process.env['DATABASE_URL']!
const dataDir = process.env['DATA_DIR']!
const paths = await drawPaths(databaseUrl)
const ours = await start('src/main.ts', { env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: '1' }, ready: '/readyz' })
const headers = await signIn(ours.url, { dataDir, username: 'office' })
const only = process.argv.slice(2)
for (const kind of ['list', 'detail', 'tile'] as const) {
  if (only.length > 0 && !only.includes(kind)) continue
  await oneByOne({ url: ours.url, paths: paths[kind].slice(0, 20), headers }) // warm-up
  const r = await oneByOne({ url: ours.url, paths: paths[kind], headers })
  console.log(`| ${kind} | ${r.p50} ms | ${r.p99} ms | ${r.bytes} bytes |`)
}
await ours.stop()
process.exit(0)
