import { randomUUID } from 'node:crypto'
import { yearOf } from '../base/rules/day.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { locate } from './locate.ts'
import { withFirstCourse } from './numbers/keep.ts'
import { refused } from './problems.ts'
import { recolour } from './recolour.ts'
import type { ActOf } from './rules/act.ts'
import { decide, evolve } from './rules/lifecycle.ts'
import { type Coloured, insertCases, nextNumber } from './store.ts'

/** 登记: a new problem goes on the list under the next number of the year. */
export async function reportCase(ctx: StaffCtx, act: ActOf<'report'>): Promise<Coloured> {
  return ctx.tx(async (db) => {
    const place = await locate(ctx, db, act.place)
    const env = envOf(ctx)
    const year = yearOf(env.today)
    const no = caseNumber(ctx.settings.numberPrefix, year, await nextNumber(db, year, 'case'))
    const event = decide(undefined, { ...act, place }, { ...env, id: randomUUID(), no })
    if (isRefusal(event)) throw refused(event)
    const step = withFirstCourse({ case: evolve(undefined, event), event }, ctx.law)
    await insertCases(db, [step])
    return recolour(ctx, db, step.case)
  })
}

/** HZ-2026-000123. */
export function caseNumber(prefix: string, year: number, n: number): string {
  return `${prefix}-${year}-${String(n).padStart(6, '0')}`
}
