import type { Ctx } from '../base/ctx.ts'
import { newestCheckpoint } from '../base/journal/checkpoint-file.ts'
import { checkpointFile } from '../base/journal/keeper.ts'
import { readHead } from '../base/journal/store.ts'
import { csvOf } from '../base/rules/csv.ts'
import { problem } from './problems.ts'
import { ACCESS_TEXTS, type AccessKind } from './rules/access.ts'
import { type AccessRow, type AuditQuery, lastVerified, listAccess, listTrail, type TrailRow } from './store-audit.ts'

/** More lines than this leave in no file: the question has to be narrower. */
const MOST_LINES = 20_000

/** The trail as a file, in the language of the screen. */
export async function exportTrail(
  ctx: Ctx,
  query: Omit<AuditQuery, 'limit'> & { context?: string | undefined },
): Promise<string> {
  const { items, next } = await ctx.tx((db) => listTrail(db, { ...query, limit: MOST_LINES }))
  if (next) throw problem('too-broad', { most: MOST_LINES })
  const header = ['序号 no.', '时间 at', '事项 subject', '事件 event', '对象 id', '人员 person', '岗位 post', '账号 account']
  return csvOf([header, ...items.map(trailLine)])
}

const trailLine = (r: TrailRow) => [String(r.seq), r.at, r.context, r.kind, r.subject, r.name, r.title ?? '', r.account]

/** The record of who came in as a file. */
export async function exportAccess(ctx: Ctx, query: Omit<AuditQuery, 'limit'>): Promise<string> {
  const { items, next } = await ctx.tx((db) => listAccess(db, { ...query, limit: MOST_LINES }))
  if (next) throw problem('too-broad', { most: MOST_LINES })
  const header = ['时间 at', '事项 kind', '用户名 user name', '姓名 name', '令牌 token', '来源 source', '说明 what']
  return csvOf([header, ...items.map(accessLine)])
}

function accessLine(r: AccessRow): string[] {
  const { zh, en } = ACCESS_TEXTS[r.kind as AccessKind] ?? { zh: r.kind, en: r.kind }
  return [r.at, `${zh} ${en}`, r.username ?? '', r.name ?? '', r.token ?? '', r.source, r.what]
}

/** How far the journal is, how far the last signed checkpoint knows it, and when it was last verified. */
export async function showProof(ctx: Ctx) {
  const { tenant } = ctx.actor
  const newest = await newestCheckpoint(checkpointFile(ctx.settings.checkpointDir, tenant))
  return ctx.tx(async (db) => {
    const verified = await lastVerified(db)
    const [word, events] = verified?.what.split(' ') ?? []
    return {
      events: (await readHead(db, tenant)).size,
      checkpoint: newest ? { size: newest.size, at: newest.at, root: newest.root } : null,
      verified: verified ? { at: verified.at, ok: word === 'ok', events: Number(events) } : null,
    }
  })
}
