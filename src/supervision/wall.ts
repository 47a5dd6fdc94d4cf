import { daysBetween } from '../base/rules/day.ts'
import { listWorst } from '../cases/index.ts'
import { answering } from './case-ref.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { sightFor } from './find.ts'
import { hasLeftOffice, KINDS } from './rules/codes.ts'
import { showScores } from './scores.ts'
import { countOpen } from './store.ts'

const WORST = 12

/**
 * What the wall shows beside the board: the cases longest overdue with unit and leader, the open items by step, and the scores of the last
 * frozen month. Read-only, and nothing that is restricted: it hangs where people pass.
 */
export async function showWall(ctx: StaffCtx, o: { region?: string | undefined }) {
  const { today, at } = envOf(ctx)
  const worst = await ctx.tx((db) => listWorst(ctx, db, { ...o, limit: WORST }))
  const open = await ctx.tx((db) => countOpen(db, { ...o, today, seen: sightFor(ctx) }))
  const scores = await showScores(ctx, {})
  return {
    ...{ today, at },
    worst: worst.map(({ case: c, colour }) => ({
      ...{ id: c.id, no: c.no, title: c.title, colour, region: c.place.region, sample: c.sample },
      ...{ due: c.due ?? null, days: c.due ? daysBetween(c.due, today) : 0 },
      ...{ unit: answering(c.duties)?.orgName ?? null, leader: c.leader?.name ?? null },
    })),
    steps: KINDS.map((kind) => {
      const of = open.filter((row) => row.kind === kind)
      const count = (rows: typeof of) => rows.reduce((sum, row) => sum + row.n, 0)
      const sent = of.filter((row) => hasLeftOffice(row.state))
      return { kind, drafts: count(of) - count(sent), sent: count(sent), late: of.reduce((sum, row) => sum + row.late, 0) }
    }),
    scores: {
      ...{ month: scores.month, rule: scores.rule },
      rows: scores.regions
        .filter((r) => !o.region || r.key === o.region)
        .map(({ key, name, score, change, counts, trend }) => ({ key, name, score, change, counts, trend })),
    },
  }
}
