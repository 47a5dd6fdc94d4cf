import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bakeTemplate } from '../../src/base/engine/template.ts'
import { hasPostgres } from '../cluster.ts'
import { type RunningServer, startServer } from '../server.ts'
import { clusterOn } from './cluster-on.ts'
import { mountSmallDisk, type SmallDisk } from './diskfull-disk.ts'
import { drive, summary, type Traffic } from './diskfull-traffic.ts'
import { familyOf } from './processes.ts'
import { seed } from './seed.ts'

const MB = 1024 * 1024
const ANSWERED_MS = 5000
const HEALED_MS = 30_000

const outside = mkdtempSync(join(tmpdir(), 'qinba-fulls-'))
const disks: SmallDisk[] = []
const probe = mountSmallDisk(1)
probe?.destroy()
const cannot = probe ? '' : ' (cannot mount here)'

beforeAll(async () => void (await bakeTemplate()))
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  for (const disk of disks.splice(0)) disk.destroy()
})
afterAll(() => rmSync(outside, { recursive: true, force: true }))

const newDisk = (megabytes: number): SmallDisk => {
  const disk = mountSmallDisk(megabytes)!
  disks.push(disk)
  return disk
}

interface Scene {
  env: Record<string, string> & { DATA_DIR: string; CHECKPOINT_DIR: string }
  where: { url: string; headers: Record<string, string> }
  server: RunningServer
  traffic: Traffic
}

/** The product under traffic on the disks that `env` names. */
async function raise(env: Scene['env']): Promise<Scene> {
  await seed(env)
  const server = await startServer(env.DATA_DIR, env)
  const where = { url: server.url, headers: await server.signIn('office') }
  const scene = { env, where, server, traffic: await drive(where) }
  ends.push(() => scene.traffic.stop())
  ends.push(() => scene.server.kill())
  await scene.traffic.until('write', 201, 10_000)
  await scene.traffic.until('upload', 200, 10_000)
  await until(() => ballastOf(env) > 0)
  return scene
}

interface Readiness {
  ok: boolean
  writable: boolean
  concerns: { code: string; zh: string; en: string }[]
}

async function readiness({ where }: Scene): Promise<Readiness & { status: number }> {
  const answer = await fetch(`${where.url}/readyz`)
  return { status: answer.status, ...((await answer.json()) as Readiness) }
}

/** What is refused is refused as it should be while reading goes on, and writing comes back by itself. */
async function fillAndFree(
  scene: Scene,
  o: { phase: string; fill(): void; free(): void; code: string; kind?: 'write' | 'upload' },
) {
  const { traffic } = scene
  const kind = o.kind ?? 'write'
  traffic.phase(o.phase)
  o.fill()
  await traffic.until(kind, 507, 10_000)
  await sleep(2000)
  const ready = await readiness(scene)
  expect(ready).toMatchObject({ status: 200, ok: true, writable: kind === 'upload' })
  expect(ready.concerns.map((c) => c.code)).toContain(o.code)
  const during = traffic.asked.filter((a) => a.phase === o.phase)
  expect(during.filter((a) => a.kind === 'read' && a.status === 200).length).toBeGreaterThan(1)
  expect(during.filter((a) => ['read', 'ready'].includes(a.kind) && a.status !== 200)).toEqual([])
  expect(during.filter((a) => ![200, 201, 503, 507].includes(a.status))).toEqual([])
  const refused = JSON.parse(during.find((a) => a.kind === kind && a.status === 507)!.why) as object
  expect(refused).toMatchObject({ code: 'base/no-room', status: 507, detail: expect.stringMatching('存储空间不足') })
  traffic.phase(`${o.phase}: room again`)
  o.free()
  expect(await traffic.until(kind, kind === 'write' ? 201 : 200, HEALED_MS)).toBeLessThan(HEALED_MS)
  expect((await readiness(scene)).writable).toBe(true)
}

/** Every request was answered in time, and everything acknowledged is there. */
async function settle(scene: Scene): Promise<void> {
  await scene.traffic.stop()
  const { asked, acknowledged } = scene.traffic
  console.log(summary(asked), { acknowledged: acknowledged.cases.length, files: acknowledged.files })
  const onFullDisk = asked.filter((a) => a.phase !== 'calm' && !a.phase.endsWith('room again'))
  expect(onFullDisk.filter((a) => a.ms > ANSWERED_MS)).toEqual([])
  const lost: string[] = []
  for (const id of acknowledged.cases) if ((await get(scene, `/api/cases/${id}`)).status !== 200) lost.push(id)
  expect(lost).toEqual([])
  expect(acknowledged.cases.length).toBeGreaterThan(20)
  expect(await filesOf(scene)).toBe(acknowledged.files)
}

/** How many of the files that were acknowledged can be read back whole. */
async function filesOf(scene: Scene): Promise<number> {
  const { evidence } = (await (await get(scene, `/api/cases/${scene.traffic.case}`)).json()) as {
    evidence: { id: string; bytes: number }[]
  }
  let whole = 0
  for (const { id } of evidence) {
    const file = await get(scene, `/api/cases/${scene.traffic.case}/evidence/${id}`)
    if (file.status === 200 && (await file.arrayBuffer()).byteLength > 0) whole++
  }
  return whole
}

const get = ({ where }: Scene, path: string) => fetch(`${where.url}${path}`, { headers: where.headers })
const ballastOf = (env: Scene['env']) => statSync(join(env.DATA_DIR, 'ballast'), { throwIfNoEntry: false })?.size ?? 0

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries === 300) throw new Error('it did not come to pass in 30 s')
    await sleep(100)
  }
}

describe('the whole server on a full disk', () => {
  it.skipIf(!probe)(
    `answers, reads on and heals by itself, with the embedded database${cannot}`,
    { timeout: 240_000 },
    async () => {
      const [disk, files] = [newDisk(500), newDisk(60)]
      const env = {
        ...{ DATA_DIR: join(disk.mount, 'data'), CHECKPOINT_DIR: join(outside, 'embedded'), BALLAST_MB: '32' },
        BLOB_URL: `file:${join(files.mount, 'blobs')}`,
      }
      const scene = await raise(env)
      expect(ballastOf(env)).toBe(32 * MB)
      // Little room, then none at once: the ballast is given back, and taken up again when there is room.
      const free = () => disk.clear()
      await fillAndFree(scene, { phase: 'low', fill: () => disk.fill(30 * MB), free, code: 'disk-low' })
      expect(ballastOf(env)).toBe(32 * MB)
      await fillAndFree(scene, { phase: 'full', fill: () => disk.fill(), free, code: 'disk-low' })
      await until(() => ballastOf(env) === 32 * MB)
      const both = {
        phase: 'both',
        fill: () => [disk, files].map((d) => d.fill()),
        free: () => [disk, files].map((d) => d.clear()),
      }
      await fillAndFree(scene, {
        phase: 'files',
        fill: () => files.fill(),
        free: () => files.clear(),
        code: 'files-low',
        kind: 'upload',
      })
      await fillAndFree(scene, { ...both, code: 'disk-low' })

      // The engine ends as it would of a full log; then the disk is full to the last block before anybody starts again.
      await until(() => ballastOf(env) === 32 * MB)
      scene.traffic.phase('engine gone')
      process.kill(familyOf(scene.server.child.pid!).at(-1)!, 'SIGKILL')
      expect(await scene.server.ended).toBe(75)
      disk.fill()
      expect([disk.free(), ballastOf(env)]).toEqual([0, 32 * MB])
      scene.server = await startServer(env.DATA_DIR, env)
      scene.where.url = scene.server.url
      scene.traffic.phase('up on a full disk')
      expect(existsSync(join(env.DATA_DIR, 'ballast'))).toBe(false)
      await scene.traffic.until('read', 200, ANSWERED_MS)
      await scene.traffic.until('write', 507, ANSWERED_MS)
      scene.traffic.phase('up on a full disk: room again')
      disk.clear()
      await scene.traffic.until('write', 201, HEALED_MS)
      await settle(scene)

      // Without ballast there is no way up until somebody makes room, and the supervisor is asked to try again.
      await scene.server.kill()
      rmSync(join(env.DATA_DIR, 'ballast'), { force: true })
      disk.fill()
      await expect(startServer(env.DATA_DIR, env)).rejects.toThrow(/ended with 75.*no room to start/s)
      disk.clear()
      scene.server = await startServer(env.DATA_DIR, env)
      expect(await scene.server.stop()).toBe(0)
    },
  )

  it.skipIf(!probe || !hasPostgres())(
    `answers, reads on and heals by itself, with PostgreSQL${cannot}`,
    { timeout: 240_000 },
    async () => {
      const [disk, files] = [newDisk(300), newDisk(120)]
      const cluster = clusterOn(disk.mount)
      ends.push(() => cluster.destroy())
      cluster.start()
      const env = {
        ...{ DATA_DIR: join(files.mount, 'data'), CHECKPOINT_DIR: join(outside, 'postgres'), BALLAST_MB: '8' },
        ...{ DATABASE_URL: cluster.url('postgres'), DEMO: '1' },
      }
      const scene = await raise(env)
      await fillAndFree(scene, { phase: 'database', fill: () => disk.fill(), free: () => disk.clear(), code: 'database-full' })
      await fillAndFree(scene, {
        phase: 'files',
        fill: () => files.fill(),
        free: () => files.clear(),
        code: 'files-low',
        kind: 'upload',
      })
      const both = {
        phase: 'both',
        fill: () => [disk, files].map((d) => d.fill()),
        free: () => [disk, files].map((d) => d.clear()),
      }
      await fillAndFree(scene, { ...both, code: 'database-full' })
      await settle(scene)
      expect(await scene.server.stop()).toBe(0)
    },
  )
})
