// What an export of the whole list costs: memory of the server, and what others wait meanwhile. DATA_DIR (and DATABASE_URL, or the embedded
// engine) of a city filled by bench/load/fill.ts; node bench/ogc/exports.ts [seconds]
import { loadavg } from 'node:os'
import { signIn, start } from '../load/server.ts'
import { atRate, shown } from '../load/shots.ts'

const seconds = Number(process.argv[2] ?? 20)
const dataDir = process.env['DATA_DIR']!
const url = process.env['DATABASE_URL']
const ours = await start('src/main.ts', {
  env: { DATA_DIR: dataDir, DEMO: '1', ...(url && { DATABASE_URL: url }) },
  ready: '/readyz',
})
const headers = await signIn(ours.url, { dataDir, username: 'office' })
const others = { url: ours.url, paths: ['/api/cases', '/api/cases?region=610702', '/api/cases?state=closed'], headers, rate: 20 }

console.log(
  `load before ${loadavg()[0]!.toFixed(1)}\n\n| others | served | p50 | p99 | longest | failed |\n|---|---|---|---|---|---|`,
)
await atRate({ ...others, seconds: 5 }) // warm-up
console.log(shown('nobody exports', await atRate({ ...others, seconds })))
const figures: string[] = []
for (const format of ['csv', 'xlsx', 'geojson', 'gpkg', 'shp.zip', 'kml']) {
  const [shot] = await Promise.all([atRate({ ...others, seconds }), oneExport(format)])
  console.log(shown(`somebody exports ${format}`, shot))
}
console.log(`\n| format | rows | MB | seconds | memory before → most |\n|---|---|---|---|---|\n${figures.join('\n')}`)
await ours.stop()
process.exit(0)

async function oneExport(format: string): Promise<void> {
  const before = ours.rssMiB()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, ours.rssMiB())
  }, 50)
  const from = performance.now()
  const answer = await fetch(`${ours.url}/api/cases/export.${format}`, { headers })
  let bytes = 0
  for await (const piece of answer.body!) bytes += piece.length
  clearInterval(watch)
  const took = ((performance.now() - from) / 1000).toFixed(1)
  figures.push(
    `| ${format} | ${answer.headers.get('x-rows')} | ${(bytes / 1e6).toFixed(1)} | ${took} | ${before} → ${most} MiB |`,
  )
}
