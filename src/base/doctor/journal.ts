import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { inOneMoment } from '../backup/pages.ts'
import type { Config } from '../config.ts'
import type { Database, Db } from '../db.ts'
import { type Checkpoint, checkpointVerifier, keyIdOf } from '../journal/checkpoint.ts'
import { readCheckpoints } from '../journal/checkpoint-file.ts'
import { checkpointFile } from '../journal/keeper.ts'
import { append, emptyFrontier, type Frontier, rootOf } from '../journal/merkle.ts'
import { readHead } from '../journal/store.ts'
import { type Finding, finding } from './finding.ts'

interface Asked {
  config: Config
  now: Date
  isServed: boolean
}

/** The head beside the events, the newest checkpoint beside the head, and the clock beside the newest event; `journal verify` proves the rest. */
export async function checkJournal(database: Database, o: Asked): Promise<Finding[]> {
  const newest = await newestCheckpoint(o.config) // before the rows: what is written meanwhile must not look like a cut
  return inOneMoment(database.owner, async (db) => {
    const { rows } = await sql<{ count: number; last: number; at: Date | null }>`select count(*)::int as count,
      coalesce(max(seq), 0)::int as last, max(at) as at from journal.event where tenant = ${o.config.tenant}`.execute(db)
    const { count, last, at } = rows[0]!
    const head = await readHead(db, o.config.tenant)
    return [headFinding(head, count, last), await checkpointFinding(db, { ...o, newest, head }), ...clockFinding(at, o.now)]
  })
}

function headFinding(head: Frontier, count: number, last: number): Finding {
  const isWhole = head.size === count && count === last
  return finding('journal', isWhole ? 'ok' : 'bad', {
    found: {
      zh: '日志头 {size}，事件 {count} 个，最大序号 {last}',
      en: 'the head says {size}; {count} events, the last is number {last}',
    },
    advice: { zh: '三者应相等：运行 qinba journal verify', en: 'the three should be equal: run `qinba journal verify`' },
    params: { size: head.size, count, last },
  })
}

type Newest = { file: string; checkpoint: Checkpoint | undefined; fault: string | undefined }

async function newestCheckpoint(config: Config): Promise<Newest> {
  const file = checkpointFile(config.checkpointDir, config.tenant)
  if (!existsSync(file)) return { file, checkpoint: undefined, fault: undefined }
  const { publicKey, checkpoints } = await readCheckpoints(file)
  const own = await readFile(join(config.dataDir, 'keys/checkpoint.pub'), 'utf8').catch(() => undefined)
  const checkpoint = checkpoints.at(-1)
  if (own && publicKey && keyIdOf(own) !== keyIdOf(publicKey))
    return { file, checkpoint, fault: 'signed with another key than ours' }
  const isSigned = !publicKey || !checkpoint || checkpointVerifier(publicKey)(checkpoint)
  return { file, checkpoint, fault: isSigned ? undefined : 'its signature does not fit' }
}

async function checkpointFinding(db: Db, o: Asked & { newest: Newest; head: Frontier }): Promise<Finding> {
  const { file, checkpoint, fault } = o.newest
  const bad = (en: string, zh: string) =>
    finding('checkpoint', 'bad', { found: { zh: `${zh}（{file}）`, en: `${en} ({file})` }, advice: PROVE, params: { file } })
  if (fault) return bad(`the newest checkpoint: ${fault}`, `最新检查点无效：${fault}`)
  if (!checkpoint)
    return finding('checkpoint', o.head.size > 0 ? 'warn' : 'ok', {
      found: { zh: '没有检查点：{file}', en: 'there is no checkpoint in {file}' },
      advice: { zh: '服务运行时每分钟写一次', en: 'a running server writes one a minute' },
      params: { file },
    })
  if (checkpoint.size > o.head.size)
    return bad(
      `a checkpoint knew ${checkpoint.size} events, the journal has ${o.head.size}`,
      `检查点有 ${checkpoint.size} 个事件，日志只有 ${o.head.size} 个`,
    )
  const root = rootOf(await treeOf(db, o.config.tenant, { hash: o.head.hash, size: checkpoint.size })).toString('base64')
  if (root !== checkpoint.root)
    return bad(`the first ${checkpoint.size} events are not those of the checkpoint`, `前 ${checkpoint.size} 个事件与检查点不符`)
  return ageFinding(o, checkpoint)
}

const PROVE = {
  zh: '日志可能被改动或换成旧备份：运行 qinba journal verify --checkpoint',
  en: 'the journal was changed or is an old backup: run `qinba journal verify --checkpoint FILE`',
}

// A server writes one within a minute of an event: one that is behind for longer has lost its keeper.
function ageFinding(o: Asked & { head: Frontier }, checkpoint: Checkpoint): Finding {
  const behind = o.head.size - checkpoint.size
  const minutes = Math.round((o.now.getTime() - Date.parse(checkpoint.at)) / 60_000)
  const isLate = behind > 0 && minutes >= 3
  return finding('checkpoint', isLate ? (o.isServed ? 'bad' : 'warn') : 'ok', {
    found: {
      zh: '最新检查点一致：{size} 个事件，{at}，其后 {behind} 个',
      en: 'the newest agrees: {size} events at {at}, {behind} since',
    },
    advice: {
      zh: '{minutes} 分钟没有新检查点：查看日志与文件夹权限',
      en: 'none for {minutes} minutes: look at the log and the rights of the folder',
    },
    params: { size: checkpoint.size, at: checkpoint.at, behind, minutes },
  })
}

async function treeOf(db: Db, tenant: number, o: { hash: Frontier['hash']; size: number }): Promise<Frontier> {
  let tree = emptyFrontier(o.hash)
  while (tree.size < o.size) {
    const { rows } = await sql<{ leaf: Buffer }>`select leaf from journal.event where tenant = ${tenant}
      and seq > ${tree.size} and seq <= ${o.size} order by seq limit 5000`.execute(db)
    if (rows.length === 0) return tree
    for (const { leaf } of rows) tree = append(tree, leaf)
  }
  return tree
}

function clockFinding(newest: Date | null, now: Date): Finding[] {
  const seconds = newest ? Math.round((newest.getTime() - now.getTime()) / 1000) : 0
  const isBehind = seconds > 60
  return [
    finding('clock', isBehind ? 'bad' : 'ok', {
      found: isBehind
        ? {
            zh: '时钟 {now}，最新事件却在其后 {seconds} 秒',
            en: 'the clock says {now}, and the newest event is {seconds} s later',
          }
        : { zh: '时钟 {now}，不早于最新事件', en: 'the clock says {now}, not before the newest event' },
      advice: { zh: '校准时钟（NTP）', en: 'set the clock right (NTP)' },
      params: { now: now.toISOString(), seconds },
    }),
  ]
}
