import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { appendEvents } from '../base/journal/store.ts'
import { baseProblem } from '../base/problem.ts'
import { isRefusal, type Refusal } from '../base/rules/refusal.ts'
import { problem } from './problems.ts'

/** What happened to one subject of people/: its version after it is its place in the story. */
export interface Told {
  id: string
  version: number
  event: { type: string }
}

/** Journals what happened to subjects of one context, in order; call it last, as it locks the head. */
export async function tell(ctx: Ctx, db: Db, o: { context: string; told: readonly Told[] }): Promise<void> {
  const { tenant, account, name } = ctx.actor
  await appendEvents(
    db,
    tenant,
    o.told.map(({ id, version, event: { type, ...data } }) => ({
      ...{ tenant, context: o.context, subject: id, subjectSeq: version, kind: type },
      ...{ at: ctx.now.toISOString(), by: { account, name }, data },
    })),
  )
}

/** The event, or the refusal as the problem of the same name. */
export function orThrow<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw problem(answer.code.replace('people/', '') as Parameters<typeof problem>[0], answer.params)
  return answer
}

/** Throws 409 unless the version that was read is the one that stands. */
export function refuseStale(found: number, expected: number): void {
  if (found !== expected) throw baseProblem('version-changed', { found, expected })
}
