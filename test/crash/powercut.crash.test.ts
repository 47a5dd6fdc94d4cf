import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bakeTemplate } from '../../src/base/engine/template.ts'
import { between, type Fault, type Life, roundsOr, runCampaign, type Subject } from './campaign.ts'
import { LoopDisk, whyNoPowerCut, writeBackSome } from './loop-disk.ts'

const why = whyNoPowerCut()
const skipped = why ? ` (no power to cut here: ${why})` : ''
const root = mkdtempSync(join(tmpdir(), 'qinba-cut-'))
const disks: LoopDisk[] = []

beforeAll(async () => void (await bakeTemplate()))
afterAll(() => {
  for (const disk of disks) disk.destroy()
  rmSync(root, { recursive: true, force: true })
})

function newDisk(): LoopDisk {
  const disk = new LoopDisk(900)
  disks.push(disk)
  return disk
}

function writer(disk: LoopDisk, name: string, args: (round: number) => string[]): Subject {
  const witness = join(root, `${name}.witness`)
  const command = [
    process.execPath,
    join(import.meta.dirname, 'writer.ts'),
    '--dir',
    join(disk.mount, 'data/pg'),
    '--witness',
    witness,
  ]
  return { witness, tmp: root, command: (round) => [...command, ...args(round)] }
}

// Freezes everybody first, so that no acknowledgement can leave after the cut.
async function cutPower(disk: LoopDisk, life: Life): Promise<void> {
  life.signal('SIGSTOP')
  disk.cut()
  life.signal('SIGKILL')
  await life.gone(5000)
  disk.detach()
  disk.attach()
}

const rounds = roundsOr(5)

it.skipIf(why)(
  `loses nothing acknowledged over ${rounds} power cuts, most inside a checkpoint${skipped}`,
  { timeout: 60_000 + rounds * 30_000 },
  async () => {
    const disk = newDisk()
    let inside = 0
    const fault: Fault = async (life, round) => {
      if (round > 0) await life.line('CHECKPOINT')
      await sleep(round === 0 ? 1000 : between(0, 40))
      life.signal('SIGSTOP')
      if (round % 2 === 0) writeBackSome(join(disk.mount, 'data/pg/base'))
      await cutPower(disk, life)
      if (life.lines.at(-1) === 'CHECKPOINT') inside++
    }
    const subject = writer(disk, 'true', (round) => (round > 0 ? ['--checkpoint'] : []))
    const outcome = await runCampaign({ subject, rounds, fault })
    console.log('power cut:', { ...outcome, inside })
    expect(outcome).toMatchObject({ rounds, lost: 0, openFailures: 0, notes: [] })
    expect(inside).toBeGreaterThanOrEqual(rounds / 2)
    expect(outcome.acknowledged).toBeGreaterThan(10 * rounds)
  },
)

it.skipIf(why)(`catches PGlite as it comes losing or breaking its data${skipped}`, async () => {
  const disk = newDisk()
  const subject = writer(disk, 'stock', () => ['--mode', 'stock'])
  const fault: Fault = async (life) => {
    await sleep(1000)
    await cutPower(disk, life)
  }
  const outcome = await runCampaign({ subject, rounds: 2, fault })
  console.log('power cut, control:', outcome)
  expect(outcome.lost + outcome.openFailures).toBeGreaterThan(0)
})
