import { sql } from 'kysely'
import { readLevel } from '../backup/tables.ts'
import { isUnfinished } from '../backup/target.ts'
import { findGaps } from '../backup/walls.ts'
import type { Database } from '../db.ts'
import { type Finding, finding } from './finding.ts'

/** That it answers, and what it is. */
export async function checkVersion({ owner, kind }: Database): Promise<Finding[]> {
  const { rows } = await sql<{ n: string; v: string; postgis: string | null }>`select current_setting('server_version_num') as n,
    split_part(version(), ' on ', 1) as v, (select extversion from pg_extension where extname = 'postgis') as postgis`.execute(
    owner,
  )
  const { n, v, postgis } = rows[0]!
  const level = Number(n) >= 150000 && postgis ? 'ok' : 'bad'
  const found = { zh: '{v}，PostGIS {postgis}（{kind}）', en: '{v}, PostGIS {postgis} ({kind})' }
  const advice = { zh: '需要 PostgreSQL 15 或更新，含 PostGIS', en: 'PostgreSQL 15 or newer with PostGIS is needed' }
  return [finding('database', level, { found, advice, params: { v, kind, postgis: postgis ?? '—' } })]
}

/** What keeps an acknowledged write from being forgotten. */
export async function checkDurability({ owner }: Database): Promise<Finding[]> {
  const { rows } = await sql<{ name: string; setting: string }>`select name, setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name`.execute(owner)
  const off = rows.filter((r) => r.setting === 'off').map((r) => `${r.name}=off`)
  if (off.length === 0)
    return [
      finding('durability', 'ok', {
        found: {
          zh: 'fsync、full_page_writes、synchronous_commit 均已打开',
          en: 'fsync, full_page_writes and synchronous_commit are on',
        },
      }),
    ]
  const advice = { zh: '断电会丢失已确认的写入：全部打开', en: 'a power cut could lose what was acknowledged: set them on' }
  return [finding('durability', 'bad', { found: { zh: '{off}', en: '{off}' }, advice, params: { off: off.join(', ') } })]
}

/** Which migrations have run, beside those that this release knows. */
export async function checkLevel({ owner }: Database, known: string[]): Promise<Finding[]> {
  const level = await readLevel(owner)
  const [missing, strange] = [known.filter((m) => !level.includes(m)), level.filter((m) => !known.includes(m))]
  const params = { level: level.at(-1) ?? '—', missing: missing.join(', '), strange: strange.join(', ') }
  if (strange.length > 0)
    return [
      finding('schema', 'bad', {
        found: { zh: '数据库比程序新：{strange}', en: 'the database is newer than the program: {strange}' },
        advice: UPDATE,
        params,
      }),
    ]
  if (missing.length > 0)
    return [
      finding('schema', 'bad', {
        found: { zh: '缺少迁移：{missing}', en: 'migrations have not run: {missing}' },
        advice: MIGRATE,
        params,
      }),
    ]
  return [finding('schema', 'ok', { found: { zh: '{level}，与程序一致', en: '{level}, as this release expects' }, params })]
}

const UPDATE = { zh: '请用较新的程序', en: 'use the release that made it' }
const MIGRATE = { zh: '运行 qinba migrate', en: 'run `qinba migrate`' }

/** Row-level security and the role that it binds. */
export async function checkWalls({ owner }: Database): Promise<Finding[]> {
  const gaps = await findGaps(owner)
  if (gaps.length === 0)
    return [
      finding('walls', 'ok', {
        found: {
          zh: '每张表都有行级安全，qinba_app 没有特权',
          en: 'row-level security covers every table, and qinba_app has no privilege',
        },
      }),
    ]
  const advice = {
    zh: '第二道墙有缺口：恢复策略与角色',
    en: 'the second wall has a gap: put policies and role back as the migrations make them',
  }
  return gaps.map((gap) => finding('walls', 'bad', { found: { zh: '{gap}', en: '{gap}' }, advice, params: { gap } }))
}

/** Whether a restore was begun here and did not end. */
export async function checkRestore({ owner }: Database): Promise<Finding[]> {
  if (!(await isUnfinished(owner))) return []
  const advice = { zh: '再次运行 qinba restore', en: 'run `qinba restore FILE` again' }
  return [finding('restore', 'bad', { found: { zh: '恢复没有完成', en: 'a restore did not end' }, advice })]
}

/** Whether the queue works: when each job that recurs was last done, and what failed since. */
export async function checkQueue(database: Database, o: { job: string; now: Date; isServed: boolean }): Promise<Finding[]> {
  const { rows } = await sql<{ last: Date | null; failed: number }>`select
    (select max(completed_on) from pgboss.job where name = ${o.job} and state = 'completed') as last,
    (select count(*)::int from pgboss.job where state = 'failed') as failed`.execute(database.owner)
  const { last, failed } = rows[0]!
  const hours = last ? (o.now.getTime() - last.getTime()) / 3_600_000 : Number.POSITIVE_INFINITY
  const isLate = hours > 26
  const params = { job: o.job, last: last?.toISOString() ?? '—', failed }
  const found = { zh: '{job} 最近完成于 {last}，失败任务 {failed} 个', en: '{job} was last done at {last}; {failed} jobs failed' }
  const advice = isLate
    ? {
        zh: '超过 26 小时没有执行：查看日志，重启 worker',
        en: 'not done for more than 26 hours: look at the log and start the worker anew',
      }
    : { zh: '查看日志中失败的任务', en: 'look for the failed jobs in the log' }
  return [finding('queue', isLate && o.isServed ? 'bad' : isLate || failed > 0 ? 'warn' : 'ok', { found, advice, params })]
}
