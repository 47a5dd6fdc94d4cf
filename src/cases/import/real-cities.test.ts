import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { BALTIMORE, NEW_YORK, type RealCity, requestsOf } from '../../../bench/load/real/cities.ts'
import { writeCity } from '../../../bench/load/real/city-dir.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import { parseAreas } from '../../places/rules/parse-areas.ts'
import { importTable } from './import-table.ts'
import { parseMapping } from './mapping.ts'
import { readSheets } from './sheet.ts'
import { findTable } from './table.ts'
import { memorySink } from './test-kit.ts'

const DATA = process.env['QINBA_TEST_DATA'] ?? '../shared/data'

async function tableOf(city: RealCity, map: string) {
  const mapping = parseMapping(readFileSync(map, 'utf8'))
  if (isRefusal(mapping)) throw new Error(JSON.stringify(mapping))
  const sheets = await readSheets(join(DATA, city.file), { packed: mapping.packed })
  const table = isRefusal(sheets) ? sheets : findTable(sheets, mapping)
  if (isRefusal(table)) throw new Error(JSON.stringify(table))
  return table
}

describe.each([BALTIMORE, NEW_YORK])('real requests of $name through a mapping', (city) => {
  const file = join(DATA, city.file)
  it.skipIf(!existsSync(file))(
    'are all read, refused for the reasons counted in the file, and the same again',
    { timeout: 240_000 },
    async () => {
      const requests = requestsOf(gunzipSync(readFileSync(file)).toString('utf8'))
      const counties = city.counties(requests)
      const dir = mkdtempSync(join(tmpdir(), 'qinba-real-'))
      const table = await tableOf(city, writeCity(dir, city, counties))
      const areas = parseAreas(readFileSync(join(dir, 'places', String(city.code), 'areas.csv'), 'utf8')) as Area[]
      const sink = memorySink({ areas, bounded: false })
      const options = { file: city.file, batch: city.batch, ...(city.source && { source: 'hotline_12345' as const }) }
      const { read, refusedBy, states, coarsePoints, added } = await importTable(sink, table, options)
      expect({ read, refusedBy, states, coarsePoints }).toEqual(city.expected(requests, counties))
      expect(await importTable(sink, table, options)).toMatchObject({ added: 0, same: added })
    },
  )
})
