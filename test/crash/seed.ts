import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDemoPeople } from '../../src/admin/index.ts'
import { readConfig } from '../../src/base/config.ts'
import { openHouse } from '../../src/house.ts'
import { openApp } from '../../src/serve.ts'
import { REPORT } from '../walk.ts'
import { CHEAP, systemCtx } from '../world.ts'

/** Sets a city up as the demo does, with its people and one case, so that the product starts on it without filling it. */
export async function seed(env: { DATA_DIR: string; CHECKPOINT_DIR: string; DATABASE_URL?: string }): Promise<void> {
  const house = await openHouse(readConfig({ ...env, DEMO: '1', LOG_LEVEL: 'silent' }, env.DATA_DIR))
  const counties = [
    { code: '610702', name: '汉台区' },
    { code: '610722', name: '城固县' },
  ]
  const accounts = await makeDemoPeople(systemCtx(house), house.city, { counties, cost: CHEAP })
  writeFileSync(join(env.DATA_DIR, 'demo-accounts.json'), JSON.stringify(accounts))
  const app = await openApp(house)
  try {
    const { username, password } = accounts.find((a) => a.username === 'office')!
    const session = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } })
    const headers = {
      cookie: String(session.headers['set-cookie']).split(';')[0]!,
      'x-csrf-token': session.json<{ csrfToken: string }>().csrfToken,
      'idempotency-key': 'seed',
    }
    const first = await app.inject({ method: 'POST', url: '/api/cases', payload: REPORT, headers })
    if (first.statusCode !== 201) throw new Error(`the first case was refused: ${first.body}`)
  } finally {
    await app.close()
    await house.close()
  }
}
