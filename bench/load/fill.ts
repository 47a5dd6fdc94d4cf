// Fills a demo city on DATABASE_URL (or an embedded folder) with generated cases: node bench/load/fill.ts 100000
import { readConfig } from '../../src/base/config.ts'
import { ensureDemo } from '../../src/demo.ts'
import { openHouse } from '../../src/house.ts'
import { generate } from './generate.ts'

const n = Number(process.argv[2] ?? 100_000)
const house = await openHouse(readConfig({ DEMO: '1', LOG_LEVEL: 'warn', ...process.env }, process.cwd()))
await ensureDemo(house)
const { rows } = await house.database.pool.query<{ n: number }>('select count(*)::int as n from cases.problem')
const started = performance.now()
const missing = Math.max(0, n - rows[0]!.n)
await generate(house, {
  n: missing,
  first: rows[0]!.n,
  say: (done) =>
    done % 20_000 === 0 &&
    console.log(`${done} of ${missing}, ${Math.round(done / ((performance.now() - started) / 1000))} a second`),
})
await house.database.vacuum()
console.log(`${n} cases in ${Math.round((performance.now() - started) / 1000)} s`)
await house.close()
process.exit(0)
