// Lists, single cases, tiles and reports at a fixed rate on PostgreSQL, beside MapServer's tiles and beside the same SQL behind a bare
// handler, in one run: DATABASE_URL and DATA_DIR of a city filled by fill.ts; node bench/load/run.ts [seconds] [seconds of reports]
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { startMapServer } from './mapserver.ts'
import { drawPaths } from './paths.ts'
import { report } from './reports.ts'
import { signIn, start } from './server.ts'
import { atRate, oneByOne, type Shot, shown } from './shots.ts'

const seconds = Number(process.argv[2] ?? 60)
const secondsOfReports = Number(process.argv[3] ?? 300)
const databaseUrl = process.env['DATABASE_URL']!
const dataDir = process.env['DATA_DIR']!
const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: '1' }
const paths = await drawPaths(databaseUrl)
console.log(`${cpus().length} × ${cpus()[0]!.model}; load before ${loadavg()[0]!.toFixed(1)}`)

const ours = await start('src/main.ts', { env, ready: '/readyz' })
const headers = await signIn(ours.url, { dataDir, username: 'office' })
const requests = `${dataDir}.requests.json`
writeFileSync(requests, JSON.stringify({ cookie: headers['cookie'], paths: [...paths.list, ...paths.detail, ...paths.tile] }))
const bare = await start('bench/load/bare.ts', { env, ready: '/ready', args: [requests] })
const mapServer = await startMapServer(databaseUrl)
// MapServer gathers clusters anew for each tile: at zoom 9 it takes seconds for one, at 7 more than a minute.
const near = paths.tiles.flatMap((tile, i) => (tile.z >= 10 ? [{ ours: paths.tile[i]!, tile }] : []))
const theirs = (layer: 'clusters' | 'points') => near.map(({ tile }) => mapServer.path(layer, tile))

console.log('\n| one at a time | p50 | p99 | bytes |\n|---|---|---|---|')
for (const [name, o] of [
  ['list, ours', { url: ours.url, paths: paths.list, headers }],
  ['list, bare', { url: bare.url, paths: paths.list }],
  ['case, ours', { url: ours.url, paths: paths.detail, headers }],
  ['case, bare', { url: bare.url, paths: paths.detail }],
  ['tile, ours', { url: ours.url, paths: paths.tile, headers }],
  ['tile, bare', { url: bare.url, paths: paths.tile }],
  ['board, ours', { url: ours.url, paths: paths.list.map(() => '/api/board'), headers }],
  ['my work, ours', { url: ours.url, paths: paths.list.map(() => '/api/work'), headers }],
  ['tile of zoom 10 to 16, ours', { url: ours.url, paths: near.map((tile) => tile.ours), headers }],
  ['the same, MapServer clusters', { url: mapServer.url, paths: theirs('clusters') }],
  ['the same, MapServer points', { url: mapServer.url, paths: theirs('points') }],
] as const) {
  const r = await oneByOne(o)
  console.log(`| ${name} | ${r.p50} ms | ${r.p99} ms | ${r.bytes} |`)
}

console.log('\n| at a rate | served | p50 | p99 | longest | failed |\n|---|---|---|---|---|---|')
const mixed = (o: { url: string; seconds: number; headers?: Record<string, string> }) =>
  Promise.all(
    (['list', 'detail', 'tile'] as const).map(
      async (kind): Promise<[string, Shot]> => [kind, await atRate({ ...o, paths: paths[kind], rate: 200 / 3, seed: kind })],
    ),
  )
for (const [who, o] of [
  ['ours', { url: ours.url, headers }],
  ['bare', { url: bare.url }],
] as const) {
  await mixed({ ...o, seconds: 10 }) // warm-up
  const rss = ours.rssMiB()
  const shots = await mixed({ ...o, seconds })
  for (const [kind, shot] of shots) console.log(shown(`${kind}, ${who}`, shot))
  if (who === 'ours') console.log(`memory of the server ${rss} → ${ours.rssMiB()} MiB`)
}
// By people who see all, a county, what binds their unit (5,500 cases), and a grid officer's part, all at once: 100/s.
const everybody = await Promise.all(
  ['office', 'county-office-hantai', 'unit-hantai', 'grid-hantai'].flatMap((username) =>
    (['list', 'tile'] as const).map(async (kind) => {
      const own = { url: ours.url, headers: await signIn(ours.url, { dataDir, username }), rate: 12.5, seconds }
      return shown(`${kind}, ${username}`, await atRate({ ...own, paths: paths[kind], seed: `${username} ${kind}` }))
    }),
  ),
)
for (const row of everybody) console.log(row)
const tiles = { rate: 200 / 3, seconds, seed: 'tile' }
console.log(
  shown('tile of zoom 10 to 16, ours', await atRate({ ...tiles, url: ours.url, paths: near.map((t) => t.ours), headers })),
)
for (const layer of ['clusters', 'points'] as const)
  console.log(shown(`the same, MapServer ${layer}`, await atRate({ ...tiles, url: mapServer.url, paths: theirs(layer) })))
await bare.stop()
mapServer.stop()

if (secondsOfReports > 0) {
  const r = await report({ url: ours.url, headers, databaseUrl, rate: 50, seconds: secondsOfReports })
  console.log(
    `\nreports at 50/s for ${secondsOfReports} s: ${r.acknowledged} of ${r.sent} acknowledged, ${r.kept} kept in list and journal, p50 ${r.p50} ms, p99 ${r.p99} ms; memory ${ours.rssMiB()} MiB`,
  )
}
await ours.stop()
process.exit(0)
