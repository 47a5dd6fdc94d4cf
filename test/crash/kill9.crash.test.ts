import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bakeTemplate } from '../../src/base/engine/template.ts'
import { between, type Fault, roundsOr, runCampaign, type Subject } from './campaign.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-kill-'))

beforeAll(async () => void (await bakeTemplate()))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function writer(name: string, ...args: string[]): Subject {
  const witness = join(root, `${name}.witness`)
  const command = [
    process.execPath,
    join(import.meta.dirname, 'writer.ts'),
    '--dir',
    join(root, name),
    '--witness',
    witness,
    ...args,
  ]
  return { witness, tmp: root, command: () => command }
}

// The engine alone, the server alone, or both at once: whoever is left must end by himself.
const kill: Fault = async (life, round) => {
  await sleep(between(100, 900))
  if (round % 3 === 0) life.signal('SIGKILL')
  else process.kill(round % 3 === 1 ? life.tally.engine! : life.pid, 'SIGKILL')
  await life.gone(10_000)
}

const rounds = roundsOr(10)

it(`loses nothing acknowledged over ${rounds} kills`, { timeout: 60_000 + rounds * 20_000 }, async () => {
  const outcome = await runCampaign({ subject: writer('true'), rounds, fault: kill })
  console.log('kill -9:', outcome)
  expect(outcome).toMatchObject({ rounds, lost: 0, openFailures: 0, notes: [] })
  expect(outcome.acknowledged).toBeGreaterThan(10 * rounds)
})

it('catches a writer that acknowledges before it commits', async () => {
  const outcome = await runCampaign({ subject: writer('early', '--ack', 'early'), rounds: 3, fault: kill })
  console.log('kill -9, control:', outcome)
  expect(outcome.lost).toBeGreaterThan(0)
})
