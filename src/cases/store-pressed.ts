import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Day } from '../base/rules/day.ts'
import type { Case } from './rules/case.ts'
import type { Colour } from './rules/codes.ts'
import type { Coloured } from './store.ts'

/** What supervision reads of the problem list: cases under pressure, cases by id, the colours of a month, the worst of those overdue. */

interface Row {
  doc: Case
  colour: Colour
  colour_why: unknown[]
}
const toColoured = (r: Row): Coloured => ({ case: r.doc, colour: r.colour, colourWhy: r.colour_why })
const OPEN = sql`state not in ('closed','declined','merged','unfounded','transferred')`

/** Open cases that are yellow or red, by id, a page at a time. */
export async function pageOfPressed(db: Db, o: { after?: string | undefined; limit: number }): Promise<Coloured[]> {
  const { rows } = await sql<Row>`select doc, colour, colour_why from cases.problem
    where tenant = base.tenant() and colour in ('yellow', 'red') and ${OPEN}
      and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid) order by id limit ${o.limit}`.execute(db)
  return rows.map(toColoured)
}

/** These cases, as far as they are in scope, by id. */
export async function findCases(db: Db, ids: readonly string[], o: { open?: boolean } = {}): Promise<Coloured[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`select doc, colour, colour_why from cases.problem
    where tenant = base.tenant() and id = any (${[...ids]}::uuid[]) and (${!o.open} or ${OPEN}) order by id`.execute(db)
  return rows.map(toColoured)
}

/** A colour with which a case ended a frozen month, and why. */
export interface Ended {
  case: string
  region: string
  colour: Colour
  manual: boolean
  secrecy: number
  duties: Case['duties']
}

/** The colours of a frozen month, by case, a page at a time. */
export async function pageOfMonth(db: Db, month: string, o: { after?: string | undefined; limit: number }): Promise<Ended[]> {
  const { rows } = await sql<Ended>`select s.case_id as case, s.region, s.colour, s.manual, p.secrecy, p.doc -> 'duties' as duties
    from cases.colour_snapshot s join cases.problem p on p.tenant = s.tenant and p.id = s.case_id
    where s.tenant = base.tenant() and s.month = ${month} and (${o.after ?? null}::uuid is null or s.case_id > ${o.after ?? null}::uuid)
    order by s.case_id limit ${o.limit}`.execute(db)
  return rows
}

/** Why cases had their colour in a month, and what they are called, as far as they are in scope. */
export async function findMonthWhy(
  db: Db,
  month: string,
  ids: readonly string[],
): Promise<{ id: string; no: string; title: string; why: unknown[] }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; no: string; title: string; why: unknown[] }>`select p.id, p.no, p.title, s.why
    from cases.colour_snapshot s join cases.problem p on p.tenant = s.tenant and p.id = s.case_id
    where s.tenant = base.tenant() and s.month = ${month} and s.case_id = any (${[...ids]}::uuid[])`.execute(db)
  return rows
}

/**
 * The open cases that are longest overdue, of a county or of all in sight. Nothing that is restricted: what is shown here hangs on a wall.
 */
export async function findWorst(
  db: Db,
  o: { region?: string | undefined; today: Day; limit: number; seen?: RawBuilder<unknown> | undefined },
): Promise<Coloured[]> {
  const { rows } = await sql<Row>`select doc, colour, colour_why from cases.problem p
    where p.tenant = base.tenant() and p.${OPEN} and p.clock_due < ${o.today}::date and p.clock_met is null and p.secrecy <= 1
      and (${o.region ?? null}::text is null or p.region = ${o.region ?? null}) and ${o.seen ?? sql`true`}
    order by p.clock_due, p.id limit ${o.limit}`.execute(db)
  return rows.map(toColoured)
}
