import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDemoPeople } from './admin/index.ts'
import { standing, within } from './base/ctx.ts'
import { widen } from './base/db.ts'
import { hasCases, hasDemo, importDemo } from './cases/index.ts'
import type { OpenHouse } from './house.ts'
import { listAccounts } from './people/index.ts'
import { listAreas } from './places/index.ts'

/**
 * Fills an empty data folder with the demo city: people of every role with fresh passwords in DATA_DIR/demo-accounts.json, and the
 * problem list (one published row, the rest generated from published distributions and marked 示例). The people are one
 * transaction; the list is loaded where none is.
 */
export async function ensureDemo(house: OpenHouse): Promise<void> {
  if (!hasDemo(house.tenant)) throw new Error(`there is no demo of city ${house.tenant}: set DEMO=0 and SECRET`)
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  const system = { tenant: house.tenant, account: 'system', name: '系统', clearance: 3, holdings: [] }
  await house.database.begin(house.tenant, async (db) => {
    await widen(db, scope)
    if ((await listAccounts(db)).length > 0) return
    const counties = await listAreas(db, house.tenant, { parent: String(house.tenant) })
    const accounts = await makeDemoPeople(within(house, system, scope, db), house.city, { counties })
    // On disk before the commit: people without their passwords would be a locked door.
    await write(join(house.config.dataDir, 'demo-accounts.json'), JSON.stringify(accounts, undefined, 2))
  })
  const ctx = standing(house, system, scope)
  if (await ctx.tx(hasCases)) return
  await importDemo(ctx)
  await house.database.vacuum()
}

async function write(file: string, text: string): Promise<void> {
  const f = await open(`${file}.tmp`, 'w', 0o600)
  try {
    await f.writeFile(text)
    await f.sync()
  } finally {
    await f.close()
  }
  await rename(`${file}.tmp`, file)
}
