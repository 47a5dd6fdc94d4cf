import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { appendEvents, type Stored } from '../../base/journal/store.ts'
import type { Journalled } from '../../base/journal/subjects.ts'
import { baseProblem } from '../../base/problem.ts'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import { loadRules } from '../../base/store-rules.ts'
import type { Actor } from '../../people/index.ts'
import { problem } from '../problems.ts'
import {
  decideChange,
  decideProposal,
  decideWithdrawal,
  evolveChange,
  type Proposal,
  type RuleChange,
  type RuleEvent,
} from './rules/change.ts'
import { allChanges, applyChange, findChange, insertChange, type KeptChange, listChanges, updateChange } from './store.ts'

/** Proposes a new row of a rule, or that its source was checked; nothing changes until somebody else approves it. */
export async function proposeChange(ctx: Ctx<Actor>, proposal: Proposal): Promise<KeptChange> {
  return ctx.tx(async (db) => {
    const event = orThrow(decideProposal(proposal, await atOf(ctx, db)))
    const [id, change] = [randomUUID(), evolveChange(undefined, event)]
    await insertChange(db, id, change, ctx.now)
    await journal(ctx, db, { id, version: 1, event })
    return { id, ...change }
  })
}

/** Approves or refuses a proposal of somebody else's; what is approved is law from its day on. */
export async function decideRuleChange(
  ctx: Ctx<Actor>,
  o: { id: string; version: number; approve: boolean; words: string },
): Promise<KeptChange> {
  return ctx.tx(async (db) => {
    const before = await getChange(db, o)
    const after = await settle(ctx, db, { id: o.id, before, event: orThrow(decideChange(before, o, await atOf(ctx, db))) })
    if (after.state === 'approved') await applyChange(db, after)
    return after
  })
}

/** Takes an own proposal back. */
export async function withdrawChange(ctx: Ctx<Actor>, o: { id: string; version: number }): Promise<KeptChange> {
  return ctx.tx(async (db) => {
    const before = await getChange(db, o)
    return settle(ctx, db, { id: o.id, before, event: orThrow(decideWithdrawal(before, await atOf(ctx, db))) })
  })
}

export const allRuleChanges = (ctx: Ctx<Actor>) => ctx.tx(listChanges)

/** How the journal is checked against the changes of the rules. */
export const journalledChanges: Journalled = {
  context: 'rules',
  fold: (events: Stored[]) =>
    events.reduce<RuleChange | undefined>(
      (before, e) => evolveChange(before, { type: e.kind, ...(e.data as object) } as RuleEvent),
      undefined,
    ),
  async *states(db) {
    for (const { id, ...state } of await allChanges(db)) yield { id, state }
  },
}

// The rules are read in the transaction: what this process keeps in memory may be a few seconds old.
async function atOf(ctx: Ctx<Actor>, db: Db) {
  const { account, name } = ctx.actor
  return { rows: await loadRules(db), today: dayOf(ctx.now.toISOString() as Instant), by: { account, name } }
}

async function getChange(db: Db, o: { id: string; version: number }): Promise<RuleChange> {
  const found = await findChange(db, o.id)
  if (!found) throw problem('no-such', { what: o.id })
  if (found.version !== o.version) throw baseProblem('version-changed', { found: o.version, expected: found.version })
  return found
}

async function settle(ctx: Ctx<Actor>, db: Db, o: { id: string; before: RuleChange; event: RuleEvent }): Promise<KeptChange> {
  const after = evolveChange(o.before, o.event)
  if (!(await updateChange(db, o.id, after)))
    throw baseProblem('version-changed', { found: o.before.version, expected: after.version })
  await journal(ctx, db, { id: o.id, version: after.version, event: o.event })
  return { id: o.id, ...after }
}

async function journal(ctx: Ctx<Actor>, db: Db, o: { id: string; version: number; event: RuleEvent }): Promise<void> {
  const { type, ...data } = o.event
  const { tenant, account, name } = ctx.actor
  const at = ctx.now.toISOString()
  const whole = { tenant, context: 'rules', subject: o.id, subjectSeq: o.version, kind: type, at, by: { account, name }, data }
  await appendEvents(db, tenant, [whole])
}

function orThrow(answer: RuleEvent | Refusal): RuleEvent {
  if (!isRefusal(answer)) return answer
  throw problem(answer.code.replace('admin/', '') as Parameters<typeof problem>[0], answer.params)
}
