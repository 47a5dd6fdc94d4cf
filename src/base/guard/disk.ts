import { existsSync, statfsSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '../log.ts'
import { baseProblem } from '../problem.ts'
import { type Ballast, ballastIn, isNoRoom } from './ballast.ts'
import { isShut, OPEN, pass, refused } from './rules/gate.ts'
import { ballastAct, ballastFor, evolve, type Limits, type Room, type Space, worstOf } from './rules/room.ts'

/** Watches the disks that the product writes to, and stops writing before they are full; reading goes on. */
export interface DiskGuard {
  /** Throws `base/no-room` (507) when what a request wants to write has no room; `files` for one that brings files. */
  admitWrite(o?: { files: boolean }): void
  /** Nothing but what has to be is written now; jobs wait. */
  isReadOnly(): boolean
  /** Not even the last time that a session was seen is written now. */
  isFull(): boolean
  /** Told of every error: a full disk is looked at at once. */
  saw(e: unknown): void
  /** Told of every write that was done. */
  wrote(): void
  report(): DiskReport
  stop(): void
}

/** Free bytes and the room they make for each place, and whether the database said that its own disk is full. */
export interface DiskReport {
  places: { name: PlaceName; stops: Stops; free: number; room: Room }[]
  ballastBytes: number
  databaseRefuses: boolean
}

type PlaceName = 'data' | 'database' | 'files'
/** What stops when a place has no room: everything that writes, or only what brings files. */
type Stops = 'writing' | 'files'

export interface DiskOptions {
  /** DATA_DIR, where the ballast lies. */
  dataDir: string
  /** The embedded database's folder, if there is one. */
  databaseDir?: string
  /** The folder of uploaded files, if they are kept in one. */
  filesDir?: string
  limits: Limits
  log: Log
  everyMs?: number
}

interface Place {
  name: PlaceName
  stops: Stops
  dir: string
  space: Space
  room: Room
}

/** Gives the ballast back when the disk is full: before anything else is written, as even a lock needs a block. */
export function relieve(dataDir: string, limits: Limits): void {
  if (!existsSync(dataDir)) return
  const ballast = ballastIn(dataDir)
  if (ballast.bytes() > 0 && evolve('ample', spaceOf(statfsSync(dataDir)), limits) === 'full') ballast.release()
}

/** Whether a start failed for want of room, whatever words it failed with. */
export function hasNoRoom({ dataDir, disk }: { dataDir: string; disk: Limits }, e: unknown): boolean {
  return isNoRoom(e) || isDatabaseFull(e) || evolve('ample', spaceOf(statfsSync(existing(dataDir))), disk) === 'full'
}

/** Looks at every place once a second, and at once when somebody hits the end of one. */
export async function watchDisk(o: DiskOptions): Promise<DiskGuard> {
  const ballast = ballastIn(o.dataDir)
  const places = await placesOf(o)
  const look = looker(o, places, ballast)
  const timer = setInterval(look, o.everyMs ?? 1000).unref()
  look()
  const now = () => performance.now()
  const roomFor = (files: boolean) => worstOf(places.filter((p) => files || p.stops === 'writing').map((p) => p.room))
  let gate = OPEN
  return {
    admitWrite({ files } = { files: false }) {
      if (roomFor(files) !== 'ample') throw noRoom()
      const asked = pass(gate, now())
      gate = asked.gate
      if (!asked.may) throw noRoom()
    },
    isReadOnly: () => roomFor(false) !== 'ample' || isShut(gate, now()),
    isFull: () => roomFor(false) === 'full' || isShut(gate, now()),
    saw(e) {
      if (isDatabaseFull(e)) gate = refused(now())
      if (isDatabaseFull(e) || isNoRoom(e)) look()
    },
    wrote() {
      gate = OPEN
    },
    report: () => ({
      places: places.map(({ name, stops, space, room }) => ({ name, stops, free: space.free, room })),
      ballastBytes: ballast.bytes(),
      databaseRefuses: isShut(gate, now()),
    }),
    stop: () => clearInterval(timer),
  }
}

// One look at a time; the ballast is made beside, as the disk is looked at while it grows.
function looker(o: DiskOptions, places: Place[], ballast: Ballast): () => void {
  const state = { looks: false, makes: false }
  const tend = ({ space, room }: Place) => {
    const act = ballastAct({ room, space, limits: o.limits, has: ballast.bytes() > 0 || state.makes })
    if (act === 'release') {
      ballast.release()
      o.log.error({ free: space.free }, '磁盘已满，释放压舱文件 / the disk is full: the ballast is released')
    }
    if (act === 'make') void during(state, 'makes', () => ballast.make(ballastFor(o.limits, space.size)))
  }
  const during = async (is: typeof state, what: keyof typeof state, work: () => Promise<void>) => {
    if (is[what]) return
    is[what] = true
    await work().catch((err) => o.log.error({ err }, 'disk'))
    is[what] = false
  }
  return () =>
    void during(state, 'looks', async () => {
      for (const place of places) await lookAt(place, o)
      tend(places[0]!)
    })
}

/** The answer to a write that has no room. */
export const noRoom = () => baseProblem('no-room', {}, { 'retry-after': '30' })

/** PostgreSQL's disk_full, wherever its disk is. */
export const isDatabaseFull = (e: unknown): boolean => e instanceof Error && 'code' in e && e.code === '53100'

async function placesOf(o: DiskOptions): Promise<Place[]> {
  const dirs: [PlaceName, string | undefined][] = [
    ['data', o.dataDir],
    ['database', o.databaseDir],
    ['files', o.filesDir],
  ]
  const places: Place[] = []
  const devices = new Set<number>()
  for (const [name, dir] of dirs) {
    if (dir === undefined) continue
    const at = existing(dir)
    const { dev } = await stat(at)
    if (devices.has(dev)) continue // one disk is one place
    devices.add(dev)
    const space = spaceOf(await statfs(at))
    // Where PostgreSQL keeps the data, this disk holds files only.
    const stops = o.databaseDir && name !== 'files' ? 'writing' : 'files'
    places.push({ name, stops, dir, space, room: evolve('ample', space, o.limits) })
  }
  return places
}

async function lookAt(place: Place, { limits, log }: DiskOptions): Promise<void> {
  place.space = spaceOf(await statfs(existing(place.dir)))
  const room = evolve(place.room, place.space, limits)
  if (room === place.room) return
  place.room = room
  const { name, dir, space } = place
  log[room === 'ample' ? 'warn' : 'error']({ name, dir, free: space.free, room }, SAID[room])
}

const SAID: Record<Room, string> = {
  ample: '磁盘空间已恢复，可以写入 / there is room again: writing goes on',
  low: '磁盘空间不足，只读 / little room is left: reading only',
  full: '磁盘已满，只读 / the disk is full: reading only',
}

const spaceOf = (s: { bavail: number; bsize: number; blocks: number }): Space => ({
  free: s.bavail * s.bsize,
  size: s.blocks * s.bsize,
})

// A folder that is not made yet will stand on the disk of its parent.
function existing(dir: string): string {
  return existsSync(dir) ? dir : existing(dirname(dir))
}
