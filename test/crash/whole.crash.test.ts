import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostgres } from '../cluster.ts'
import { roundsOr } from './campaign.ts'
import { whyNoPowerCut } from './loop-disk.ts'
import { keepResult, writeResult } from './results.ts'
import { cutPower, embeddedSite, killServer, postgresSite, type Site } from './site.ts'
import { type Figures, tormentServer } from './whole.ts'

const why = whyNoPowerCut()
const noCut = why ? ` (no power to cut here: ${why})` : ''
const killsOn = { embedded: roundsOr(1), postgres: roundsOr(2) } // the embedded engine's own campaigns are beside this one
const cuts = Math.ceil(0.4 * roundsOr(2))
const timeout = (rounds: number) => ({ timeout: 120_000 + rounds * 60_000 })

const SOUND = { lost: 0, duplicated: 0, wrong: [], unrecoverable: 0, sessionsLost: 0, untimely: [] }

function expectSound(figures: Figures, rounds: number): void {
  expect(figures).toMatchObject({ ...SOUND, rounds })
  expect(figures.acknowledged).toBeGreaterThan(10 * rounds)
  expect(figures.photos).toBeGreaterThan(0)
}

function campaigns(kind: Site['kind'], open: () => Promise<Site>): void {
  const kills = killsOn[kind]
  let site: Site
  beforeAll(async () => {
    site = await open()
  })
  afterAll(() => site?.destroy())

  it(`loses nothing over ${kills} kills of the product`, timeout(kills), async () => {
    const mode = `kill-${kind}`
    const figures = await tormentServer({
      ...{ site, rounds: kills, tell: (soFar) => keepResult(mode, { asked: kills, ...soFar }) },
      blow: (server, round) => killServer(site, server, round),
    })
    writeResult(mode, figures)
    expectSound(figures, kills)
  })

  it.skipIf(why)(`loses nothing over ${cuts} power cuts${noCut}`, timeout(cuts), async () => {
    const mode = `cut-${kind}`
    const figures = await tormentServer({
      ...{ site, rounds: cuts, tell: (soFar) => keepResult(mode, { asked: cuts, ...soFar }) },
      blow: (server, round) => cutPower(site, server, round),
    })
    writeResult(mode, figures)
    expectSound(figures, cuts)
  })
}

describe('the whole product on the embedded engine', () => campaigns('embedded', () => embeddedSite({ disk: !why })))

describe.skipIf(!hasPostgres())('the whole product on PostgreSQL', () =>
  campaigns('postgres', () => postgresSite({ disk: !why })),
)

describe.skipIf(!hasPostgres())('the whole product on a PostgreSQL that may forget', () => {
  it.skipIf(why)(`loses at a power cut, or these campaigns prove nothing${noCut}`, timeout(3), async () => {
    const site = await postgresSite({ disk: true, settings: 'fsync=off\n' })
    try {
      const figures = await tormentServer({ site, rounds: 3, blow: (server, round) => cutPower(site, server, round) })
      writeResult('cut-postgres-fsync-off', figures)
      expect(figures.wrong.join()).not.toContain('lock file') // a start that fails for another reason is no loss
      expect(figures.lost + figures.unrecoverable).toBeGreaterThan(0)
    } finally {
      site.destroy()
    }
  })
})
