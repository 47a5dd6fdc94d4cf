// Pages of 1,000 features of the list from /ogc beside MapServer's OGC API – Features on the same table, in one run: DATABASE_URL and DATA_DIR of
// a city filled by bench/load/fill.ts; node bench/ogc/run.ts [boxes] [seconds]
import { cpus, loadavg } from 'node:os'
import pg from 'pg'
import { drawer } from '../load/generate.ts'
import { signIn, start } from '../load/server.ts'
import { atRate, oneByOne, shown } from '../load/shots.ts'
import { startOgcMapServer } from './mapserver.ts'

const boxes = Number(process.argv[2] ?? 100)
const seconds = Number(process.argv[3] ?? 30)
const databaseUrl = process.env['DATABASE_URL']!
const dataDir = process.env['DATA_DIR']!
const LIMIT = 1000

const ours = await start('src/main.ts', { env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: '1' }, ready: '/readyz' })
const headers = { ...(await signIn(ours.url, { dataDir, username: 'office' })), accept: 'application/geo+json' }
const theirs = await startOgcMapServer(databaseUrl)
const queries = (await drawBoxes()).map((bbox) => `?bbox=${bbox}&limit=${LIMIT}&f=json`)
const us = { url: ours.url, paths: queries.map((query) => `/ogc/collections/cases/items${query}`), headers }
const them = { url: '', paths: queries.map((query) => `${theirs.items}${query}`) }

try {
  console.log(`${cpus().length} × ${cpus()[0]!.model}; load before ${loadavg()[0]!.toFixed(1)}`)
  await compare()
  console.log(`\n| ${LIMIT} features a page, one at a time | p50 | p99 | bytes |\n|---|---|---|---|`)
  for (const [name, o] of [
    ['ours', us],
    ['MapServer', them],
  ] as const) {
    await oneByOne({ ...o, paths: o.paths.slice(0, 5) }) // warm-up
    const r = await oneByOne(o)
    console.log(`| ${name} | ${r.p50} ms | ${r.p99} ms | ${r.bytes} |`)
  }
  console.log('\n| at a rate | served | p50 | p99 | longest | failed |\n|---|---|---|---|---|---|')
  for (const [name, o] of [
    ['ours', us],
    ['MapServer', them],
  ] as const)
    console.log(shown(name, await atRate({ ...o, rate: 5, seconds })))
  await pages()
} finally {
  theirs.stop()
  await ours.stop()
}
process.exit(0)

/** Boxes round cases drawn by chance, from a town to the whole city. */
async function drawBoxes(): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ lng: number; lat: number }>(
    'select st_x(geom) as lng, st_y(geom) as lat from cases.problem where geom is not null order by md5(id::text) limit $1',
    [boxes],
  )
  await client.end()
  const draw = drawer('boxes')
  return rows.map(({ lng, lat }) => {
    const half = 0.02 * 2 ** (draw() * 6)
    return [lng - half, lat - half, lng + half, lat + half].map((n) => n.toFixed(5)).join(',')
  })
}

/** Both must give as many features of the same box, or a figure means nothing. */
async function compare(): Promise<void> {
  const count = async (url: string, more = {}) => {
    const answer = await fetch(url, { headers: more })
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
    const found = (await answer.json()) as { features: { properties: object }[] }
    return { n: found.features.length, attributes: Object.keys(found.features[0]?.properties ?? {}).length }
  }
  let all = 0
  for (const [i, path] of us.paths.slice(0, 20).entries()) {
    const [a, b] = [await count(us.url + path, headers), await count(them.paths[i]!)]
    if (a.n !== b.n) throw new Error(`${path}: ${a.n} features, MapServer has ${b.n}`)
    if (i === 0) console.log(`attributes: ours ${a.attributes}, MapServer ${b.attributes}`)
    all += a.n
  }
  console.log(`${all} features in 20 boxes, the same from both`)
}

/** The whole list, page by page: ours by key, theirs by offset. */
async function pages(): Promise<void> {
  const walk = async (first: string, more = {}) => {
    const from = performance.now()
    let n = 0
    for (let next: string | undefined = first; next; ) {
      const answer = await fetch(next, { headers: more })
      const page = (await answer.json()) as { features: unknown[]; links: { rel: string; href: string }[] }
      n += page.features.length
      next = page.links.find((link) => link.rel === 'next')?.href
    }
    return `${n} features in ${((performance.now() - from) / 1000).toFixed(1)} s`
  }
  const query = `?bbox=100,30,112,36&limit=${LIMIT}&f=json`
  console.log(`\nthe whole city, page by page: ours ${await walk(`${ours.url}/ogc/collections/cases/items${query}`, headers)}`)
  console.log(`the whole city, page by page: MapServer ${await walk(`${theirs.items}${query}`)}`)
}
