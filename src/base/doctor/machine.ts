import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import { findHolder } from '../engine/lock.ts'
import { lowMark } from '../guard/rules/room.ts'
import { type Finding, finding } from './finding.ts'

/** The Node that runs us. */
export function checkNode(version = process.versions.node): Finding[] {
  const isNew = Number(version.split('.')[0]) >= 24
  return [
    finding('node', isNew ? 'ok' : 'bad', {
      found: { zh: 'Node {version}', en: 'Node {version}' },
      advice: { zh: '需要 Node 24 或更新', en: 'Node 24 or newer is needed: `npm start` brings it' },
      params: { version },
    }),
  ]
}

/** The data folder: that it can be written to, and by nobody else read. */
export async function checkDataDir({ dataDir }: Config): Promise<Finding[]> {
  const params = { dir: dataDir }
  if (!existsSync(dataDir))
    return [
      finding('data-dir', 'warn', { found: { zh: '{dir} 尚不存在', en: '{dir} does not exist yet' }, advice: START, params }),
    ]
  if (!(await canWrite(dataDir)))
    return [finding('data-dir', 'bad', { found: { zh: '{dir} 不可写', en: '{dir} cannot be written to' }, advice: OWN, params })]
  const mode = statSync(dataDir).mode & 0o777
  const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0
  const found = { zh: '{dir} 可写（权限 {mode}）', en: '{dir} can be written to (mode {mode})' }
  const advice = { zh: '其他用户可读：chmod 700', en: 'others may look into it: chmod 700' }
  return [finding('data-dir', isOpen ? 'warn' : 'ok', { found, advice, params: { ...params, mode: mode.toString(8) } })]
}

const START = { zh: 'npm start 会建立它', en: '`npm start` makes it' }
const OWN = { zh: '需是运行用户可写的文件夹', en: 'it has to be a folder that the user who runs the product may write to' }

async function canWrite(dir: string): Promise<boolean> {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK)
    await rm(await mkdtemp(join(dir, 'doctor-')), { recursive: true })
    return true
  } catch {
    return false
  }
}

/** Room on the disk, by the marks below which the product stops writing. */
export function checkSpace({ dataDir, disk }: Config): Finding[] {
  const { bavail, bsize, blocks } = statfsSync(nearest(dataDir))
  const [free, low] = [bavail * bsize, lowMark(disk, blocks * bsize)]
  const level = free < low ? 'bad' : free < 2 * low ? 'warn' : 'ok'
  return [
    finding('space', level, {
      found: { zh: '剩余 {free} MB', en: '{free} MB free' },
      advice: { zh: '低于 {low} MB 时停止写入：清理磁盘', en: 'below {low} MB nothing is written any more: make room' },
      params: { free: Math.round(free / 1e6), low: Math.round(low / 1e6) },
    }),
  ]
}

const nearest = (dir: string): string => (existsSync(dir) ? dir : nearest(dirname(dir)))

/** Who holds the data folder. */
export function checkLock({ dataDir }: Config, isServed: boolean): Finding[] {
  const holder = existsSync(dataDir) ? findHolder(dataDir) : undefined
  if (!holder) return [finding('lock', 'ok', { found: { zh: '没有服务在运行', en: 'no server runs on the data folder' } })]
  const params = { pid: holder.pid }
  const advice = { zh: '但不接受命令：停止它后再查', en: 'but takes no command: stop it and examine again' }
  const found = { zh: '进程 {pid} 正在运行', en: 'process {pid} runs on it' }
  return [finding('lock', isServed ? 'ok' : 'warn', { found, advice, params })]
}

/** Where the signed checkpoints of the journal go. */
export async function checkCheckpointDir({ checkpointDir, dataDir }: Config): Promise<Finding[]> {
  const params = { dir: checkpointDir }
  if (!existsSync(checkpointDir))
    return [
      finding('checkpoint-dir', 'warn', {
        found: { zh: '{dir} 尚不存在', en: '{dir} does not exist yet' },
        advice: START,
        params,
      }),
    ]
  if (!(await canWrite(checkpointDir)))
    return [
      finding('checkpoint-dir', 'bad', { found: { zh: '{dir} 不可写', en: '{dir} cannot be written to' }, advice: OWN, params }),
    ]
  const isSameDisk = existsSync(dataDir) && statSync(checkpointDir).dev === statSync(dataDir).dev
  const found = { zh: '{dir} 可写，在数据文件夹之外', en: '{dir} can be written to and lies outside the data folder' }
  const advice = {
    zh: '与数据在同一磁盘：改到数据库管理者写不到的地方',
    en: 'it is on the disk of the data: put it where whoever owns the database cannot write',
  }
  return [finding('checkpoint-dir', isSameDisk ? 'warn' : 'ok', { found, advice, params })]
}

/** What the environment says that a look from outside would ask about. */
export function checkSettings(config: Config): Finding[] {
  const isLocal = config.host === 'localhost' || config.host === '::1' || config.host.startsWith('127.')
  const host = finding('host', isLocal ? 'ok' : 'warn', {
    found: { zh: '监听 {host}:{port}', en: 'listens on {host}:{port}' },
    advice: {
      zh: '本程序不含 TLS：前面须有网关',
      en: 'there is no TLS in here: a gateway with a certificate has to stand before it',
    },
    params: { host: config.host, port: config.port },
  })
  const demo = finding('demo', config.demo ? 'warn' : 'ok', {
    found: config.demo ? { zh: '演示模式', en: 'demo mode' } : { zh: '正式模式', en: 'production mode' },
    advice: { zh: '演示账号与示例数据，不可用于正式办理', en: 'demo accounts and samples: not for real work' },
  })
  const secret = finding('secret', config.secret ? 'ok' : 'warn', {
    found: config.secret
      ? { zh: 'SECRET 共 {n} 个字符', en: 'SECRET has {n} characters' }
      : { zh: '没有 SECRET，用演示自制的', en: 'no SECRET is set: the demo made its own' },
    advice: { zh: '正式使用须设置并另存一份', en: 'set one for real work and keep a copy elsewhere: sealed names need it' },
    params: { n: config.secret?.length ?? 0 },
  })
  return [host, demo, secret]
}
