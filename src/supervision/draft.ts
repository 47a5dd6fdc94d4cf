import { randomUUID } from 'node:crypto'
import type { Db } from '../base/db.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { findCases } from '../cases/index.ts'
import { canSee } from '../cases/rules/access.ts'
import { isEnded } from '../cases/rules/codes.ts'
import { listOrganisations } from '../people/index.ts'
import { caseRefOf } from './case-ref.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { getItem } from './move.ts'
import { problem, refused } from './problems.ts'
import type { Kind } from './rules/codes.ts'
import type { CaseRef, Draft, Item } from './rules/item.ts'
import { decide, type Env, evolve } from './rules/ladder.ts'
import { draftWords } from './rules/letter.ts'
import { insertItems, type Step } from './store.ts'

/** What a person says of a draft of their own. */
export interface ByHand {
  kind: Kind
  org: string
  cases: string[]
  reason: string
  leader?: { name: string; title: string } | undefined
  title?: string | undefined
  text?: string | undefined
  follows?: string | undefined
}

/** 人工拟稿: an item that somebody drafts about open cases in sight, with a reason of their own. */
export function draftByHand(ctx: StaffCtx, o: ByHand): Promise<Item> {
  return ctx.tx(async (db) => {
    const org = (await listOrganisations(db)).find(({ id }) => id === o.org)
    if (!org) throw problem('no-such-organisation', { id: o.org })
    if (o.follows) await getItem(ctx, db, o.follows)
    const refs = await openCases(ctx, db, o.cases)
    const regions = new Set(refs.map((c) => c.region))
    const words = draftWords(o.kind, refs)
    const act: Draft = {
      ...{ move: 'draft', kind: o.kind, origin: 'hand', org: org.id, orgName: org.name, cases: refs },
      region: regions.size === 1 ? refs[0]!.region : String(ctx.actor.tenant),
      grounds: [{ trigger: 'hand', inputs: { reason: o.reason } }],
      ...{ title: o.title ?? words.title, text: o.text ?? words.text },
      ...(o.leader && { leader: o.leader }),
      ...(o.follows && { follows: o.follows }),
    }
    return (await saveDrafts(db, [act], envOf(ctx)))[0]!
  })
}

async function openCases(ctx: StaffCtx, db: Db, ids: readonly string[]): Promise<CaseRef[]> {
  const found = await findCases(db, ids)
  return ids.map((id) => {
    const one = found.find((c) => c.case.id === id)
    if (!one || isEnded(one.case.state) || (ctx.policy && !canSee(ctx.actor, one.case))) throw problem('no-such-case', { id })
    return caseRefOf(one)
  })
}

/** Writes drafts, each judged like every act; a refusal of one is a refusal of all. */
export async function saveDrafts(db: Db, acts: readonly Draft[], env: Env): Promise<Item[]> {
  const steps = acts.map((act): Step => {
    const event = decide(undefined, act, { ...env, id: randomUUID() })
    if (isRefusal(event)) throw refused(event)
    return { event, item: evolve(undefined, event) }
  })
  await insertItems(db, steps)
  return steps.map((s) => s.item)
}
