import { say } from '../base/problem.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { getItem, moveIn } from './move.ts'
import { decide } from './rules/ladder.ts'
import { refusalText } from './rules/refusal-text.ts'

/** Moves that may be made on many items at once: they say nothing of one item. */
export const BULK_MOVES = ['review', 'sign', 'send'] as const
export type BulkMove = (typeof BULK_MOVES)[number]

type Asked = { move: BulkMove; items: { id: string; version: number }[]; dryRun: boolean; language: 'zh' | 'en' }

/** One move on many items. A dry run says for each whether it would be taken and why not; the real one moves those that are taken. */
export function moveMany(ctx: StaffCtx, o: Asked) {
  const env = envOf(ctx)
  return ctx.tx(async (db) => {
    const results: { id: string; done: boolean; why: string | null }[] = []
    for (const { id, version } of o.items) {
      const item = await getItem(ctx, db, id)
      const answer = decide(item, { move: o.move }, env)
      if (isRefusal(answer)) results.push({ id, done: false, why: say(refusalText(answer), answer.params, o.language) })
      else if (item.version !== version) results.push({ id, done: false, why: STALE[o.language] })
      else {
        if (!o.dryRun) await moveIn(ctx, db, { id, act: { move: o.move }, version })
        results.push({ id, done: true, why: null })
      }
    }
    return { dryRun: o.dryRun, results }
  })
}

const STALE = { zh: '已被他人修改，请重新加载', en: 'Changed by somebody else meanwhile: load it again' }
