import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import type { Cell } from './cell.ts'
import { askAll, CLEARANCES, cellsFor, draw } from './matrix.ts'
import { SHORT } from './numbers.ts'
import { openScene, type Scene } from './scene.ts'

/** All the hidden cells with QINBA_LONG=1; else a seeded draw of about so many for each clearance. */
const SAMPLE = process.env['QINBA_LONG'] === '1' ? Number.MAX_SAFE_INTEGER : 900
const LEAST = 0.99

let scene: Scene
afterEach(() => scene.world.close())

/** What of the cells that must show nothing shows nothing. */
async function stopped(): Promise<{ asked: number; leaks: string[] }> {
  let asked = 0
  const leaks: string[] = []
  for (const clearance of CLEARANCES) {
    const all = (await cellsFor(scene, await scene.everybody(clearance))).filter((c: Cell) => c.hidden)
    const drawn = draw(all, SAMPLE)
    asked += drawn.length
    leaks.push(...(await askAll(drawn)).map((w) => w.wrong).filter((wrong) => !wrong.includes(`: ${SHORT} `)))
  }
  return { asked, leaks }
}

function report(wall: string, { asked, leaks }: { asked: number; leaks: string[] }): number {
  const share = 1 - leaks.length / asked
  process.stdout.write(`${wall} alone: ${asked - leaks.length} of ${asked} hidden cells, ${(share * 100).toFixed(2)} %\n`)
  for (const leak of leaks) process.stdout.write(`  leak: ${leak}\n`)
  return share
}

describe('each wall stands alone', () => {
  it('row-level security without the policy', { timeout: 900_000 }, async () => {
    scene = await openScene({ policy: false })
    expect(report('row-level security', await stopped())).toBeGreaterThanOrEqual(LEAST)
  })

  it('the policy without row-level security', { timeout: 900_000 }, async () => {
    scene = await openScene()
    const { owner } = scene.world.house.database
    const { rows } = await sql<{
      name: string
    }>`select c.oid::regclass::text as name from pg_class c where c.relrowsecurity`.execute(owner)
    expect(rows.length).toBeGreaterThan(15)
    for (const { name } of rows) await sql.raw(`alter table ${name} disable row level security`).execute(owner)
    expect(report('the policy', await stopped())).toBeGreaterThanOrEqual(LEAST)
  })
})
