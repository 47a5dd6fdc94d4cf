import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from './cell.ts'
import { ROUTES } from './expected.ts'
import { askAll, CLEARANCES, cellsFor, draw, ROUTE_NAMES } from './matrix.ts'
import { QUESTIONS } from './requests.ts'
import { openScene, type Scene } from './scene.ts'

/** The whole matrix with QINBA_LONG=1; else a seeded draw of about so many cells for each clearance. */
const SAMPLE = process.env['QINBA_LONG'] === '1' ? Number.MAX_SAFE_INTEGER : 1500

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.world.close())

describe('who may ask what', () => {
  it('every route has a row of expected answers and a question, and no row stands for a route that is gone', () => {
    expect(ROUTE_NAMES.filter((name) => !ROUTES[name])).toEqual([])
    expect(ROUTE_NAMES.filter((name) => !QUESTIONS[name])).toEqual([])
    expect(Object.keys(ROUTES).filter((name) => !ROUTE_NAMES.includes(name))).toEqual([])
  })

  it.each(CLEARANCES)(
    'every route, every role, own and other county, every label, at clearance %i',
    { timeout: 900_000 },
    async (clearance) => {
      const all = await cellsFor(scene, await scene.everybody(clearance))
      const asked = draw(all, SAMPLE)
      const wrong = await askAll(asked)
      process.stdout.write(
        `authorisation at clearance ${clearance}: ${asked.length} of ${all.length} cells, ${hidden(asked)} hidden, ${wrong.length} wrong\n`,
      )
      expect(wrong.map((w) => w.wrong)).toEqual([])
      expect(hidden(asked)).toBeGreaterThan(asked.length / 5)
    },
  )
})

const hidden = (cells: readonly Cell[]) => cells.filter((c) => c.hidden).length
