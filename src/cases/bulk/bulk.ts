import { createHash } from 'node:crypto'
import type { Db } from '../../base/db.ts'
import { claimKey, contentHash, keepAnswer } from '../../base/http/idempotency.ts'
import { baseProblem, type Problem, say } from '../../base/problem.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { MoveBody } from '../act-schema.ts'
import { completeAct } from '../complete-act.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { lookUp, save } from '../move.ts'
import { problem } from '../problems.ts'
import { canSee } from '../rules/access.ts'
import type { Act } from '../rules/act.ts'
import { type BulkLine, MOST_TRIED } from '../rules/bulk.ts'
import type { Case } from '../rules/case.ts'
import { decide } from '../rules/lifecycle.ts'
import { refusalText } from '../rules/refusal-text.ts'
import { findCase } from '../store.ts'
import { type Filter, listRows } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'

type Language = 'zh' | 'en'
type Wanted = { id: string; version?: number | undefined }

const PAGE = 50

/** What the act would do to each case, and why not to the rest: the same judgement as of one act, and nothing is written. */
export async function tryMany(
  ctx: StaffCtx,
  o: { body: MoveBody; cases: Wanted[] | undefined; filter: Filter | undefined; language: Language },
): Promise<{ lines: BulkLine[] }> {
  const act = await completeAct(ctx, '', o.body)
  const cases = o.cases ?? (await casesOf(ctx, o.filter ?? {}))
  const lines: BulkLine[] = []
  for (let at = 0; at < cases.length; at += PAGE) {
    const page = cases.slice(at, at + PAGE)
    await ctx.tx(async (db) => {
      for (const wanted of page) lines.push(await tried(ctx, db, { act, wanted, language: o.language }))
    })
  }
  return { lines }
}

/** The act on each case in a transaction of its own; under the same key a case that was answered gives the same answer and is left alone. */
export async function doMany(
  ctx: StaffCtx,
  o: { body: MoveBody; cases: Wanted[]; key: string; language: Language },
): Promise<{ lines: BulkLine[] }> {
  const act = await completeAct(ctx, '', o.body)
  const lines: BulkLine[] = []
  for (const wanted of o.cases) lines.push(await doneOnce(ctx, { act, wanted, run: o.key, language: o.language }))
  return { lines }
}

// The run's key is up to 200 characters: hashed with the case it is a key like any other.
const keyOf = (key: string, id: string) => `bulk:${createHash('sha256').update(`${key} ${id}`).digest('base64url')}`

type One = { act: Act; wanted: Wanted; language: Language; lock?: boolean }

async function doneOnce(ctx: StaffCtx, o: One & { run: string }): Promise<BulkLine> {
  const { account } = ctx.actor
  const key = keyOf(o.run, o.wanted.id)
  return ctx.tx(async (db) => {
    // Keyed with the run's own key, which is not kept: a reader of the table can test no guess.
    const earlier = await claimKey(db, account, key, contentHash(o.run, [o.act, o.wanted.id]))
    if (earlier) return earlier.reply as BulkLine
    const line = await carriedOut(ctx, db, o)
    await keepAnswer(db, account, key, { status: 200, reply: line })
    return line
  })
}

async function carriedOut(ctx: StaffCtx, db: Db, o: One): Promise<BulkLine> {
  const judged = await judge(ctx, db, { ...o, lock: true })
  if ('result' in judged) return judged
  const { before, env } = judged
  const after = await save({ ...ctx, tx: (work) => work(db) }, db, before, { act: o.act, env })
  return { ...about(after.case), result: 'done' }
}

async function tried(ctx: StaffCtx, db: Db, o: One): Promise<BulkLine> {
  const judged = await judge(ctx, db, o)
  return 'result' in judged ? judged : { ...about(judged.before), result: 'will' }
}

type Judged = BulkLine | { before: Case; env: Awaited<ReturnType<typeof lookUp>> }

// With `lock` the row is held from here on, so that what was judged is what is written.
async function judge(ctx: StaffCtx, db: Db, { act, wanted, language, lock = false }: One): Promise<Judged> {
  const found = await findCase(db, ctx.actor.tenant, wanted.id, { lock })
  if (!found || (ctx.policy && !canSee(ctx.actor, found.case)))
    return { id: wanted.id, result: 'gone', why: wordsOf(problem('no-such-case'), language) }
  const before = found.case
  if (wanted.version !== undefined && wanted.version !== before.version) {
    const why = baseProblem('version-changed', { found: wanted.version, expected: before.version })
    return { ...about(before), result: 'changed', why: wordsOf(why, language) }
  }
  const env = await lookUp(ctx, db, { act, id: wanted.id })
  const decided = decide(before, act, env)
  if (isRefusal(decided)) return { ...about(before), result: 'refused', why: reasonOf(decided, language) }
  return { before, env }
}

function about({ id, no, title, state, version }: Case): Omit<BulkLine, 'result'> {
  return { id, no, title, state, version }
}

function reasonOf(refusal: Refusal, language: Language): NonNullable<BulkLine['why']> {
  return { code: refusal.code, text: say(refusalText(refusal), refusal.params, language) }
}

function wordsOf({ code, text, params }: Problem, language: Language): NonNullable<BulkLine['why']> {
  return { code, text: say(text, params, language) }
}

/** The cases that a filter shows to this actor; more than can be tried at once are refused and not cut off. */
async function casesOf(ctx: StaffCtx, filter: Filter): Promise<Wanted[]> {
  return ctx.tx(async (db) => {
    const asked = { ...filter, days: boardDays(envOf(ctx).today, ctx.law) }
    const seen = seenBy(await sightIn(ctx, db))
    const page = await listRows(db, ctx.actor.tenant, { filter: asked, limit: MOST_TRIED, seen })
    if (page.next) throw problem('bulk-too-many', { expected: MOST_TRIED })
    return page.items.map(({ case: c }) => ({ id: c.id, version: c.version }))
  })
}
