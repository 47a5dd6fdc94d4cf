import { ruleAt } from '../base/rules/law.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { getCase } from './move.ts'
import { canSee } from './rules/access.ts'
import type { RelatedRule } from './rules/path-rule.ts'
import { relatedTo } from './rules/related.ts'
import { listItem } from './rules/wire.ts'
import { findKin } from './store-related.ts'
import { seenBy, sightIn } from './store-sight.ts'

/** 相关问题: what belongs beside a case, as far as this reader may see it, each with why; two statements, three for who sees no county. */
export async function showRelated(ctx: StaffCtx, id: string) {
  const rule = ruleAt<RelatedRule>(ctx.law.rules, 'related', 'default', envOf(ctx).today)
  return ctx.tx(async (db) => {
    const { case: c } = await getCase(ctx, db, id)
    const kin = await findKin(db, ctx.actor.tenant, { c, rule: rule.value, seen: seenBy(await sightIn(ctx, db)) })
    const seen = kin.filter((other) => !ctx.policy || canSee(ctx.actor, other.case))
    const colours = new Map(seen.map((other) => [other.case.id, other]))
    const { items, more } = relatedTo(
      c,
      seen.map((other) => other.case),
      rule.value,
    )
    return {
      radiusM: rule.value.radiusM,
      items: items.map(({ case: other, why }) => {
        const { colour } = colours.get(other.id)!
        return { ...listItem(other, ctx.actor), region: other.place.region, colour, why }
      }),
      more,
    }
  })
}
