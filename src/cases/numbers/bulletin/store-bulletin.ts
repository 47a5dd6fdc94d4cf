import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db.ts'
import type { Day } from '../../../base/rules/day.ts'
import type { CountyLine, NamedCase } from './rules/bulletin.ts'

type Where = { month: string; first: Day; last: Day; seen?: RawBuilder<unknown> | undefined }
type Line = Omit<CountyLine, 'name'> & { region: string }

/** Whether and when a month was frozen. */
export async function findFrozen(db: Db, tenant: number, month: string): Promise<string | undefined> {
  const { rows } = await sql<{ frozen_at: Date }>`select frozen_at from cases.frozen_month
    where tenant = ${tenant} and month = ${month}`.execute(db)
  return rows[0]?.frozen_at.toISOString()
}

/** By county: the frozen colours of the month, those of them that were overdue, and what was cleared off in it and still stands so. */
export async function countMonth(db: Db, tenant: number, o: Where): Promise<Line[]> {
  const { rows } = await sql<Line>`select region, sum(green)::int as green, sum(yellow)::int as yellow, sum(red)::int as red,
      sum(overdue)::int as overdue, sum(done)::int as done from (
    select s.region, (s.colour = 'green')::int as green, (s.colour = 'yellow')::int as yellow, (s.colour = 'red')::int as red,
      (s.why @> '[{"rule":"overdue"}]')::int as overdue, 0 as done
    from cases.colour_snapshot s join cases.problem p on p.tenant = s.tenant and p.id = s.case_id
    where s.tenant = ${tenant} and s.month = ${o.month} ${and(o)}
    union all select p.region, 0, 0, 0, 0, 1 from cases.problem p
    where p.tenant = ${tenant} and p.state = 'closed' and p.closed_on between ${o.first}::date and ${o.last}::date ${and(o)}) t
    group by region order by region`.execute(db)
  return rows
}

/** What was reported in the month, and of its clear-offs with a last day how many there are and how many were met by it. */
export async function countPace(db: Db, tenant: number, o: Where): Promise<{ reported: number; n: number; of: number }> {
  const closed = sql`p.state = 'closed' and p.closed_on between ${o.first}::date and ${o.last}::date
    and p.clock_due is not null and p.clock_met is not null`
  const { rows } = await sql<{ reported: number; n: number; of: number }>`select
    (count(*) filter (where p.reported_on between ${o.first}::date and ${o.last}::date))::int as reported,
    (count(*) filter (where ${closed}))::int as of,
    (count(*) filter (where ${closed} and p.clock_met::date <= p.clock_due))::int as n
    from cases.problem p where p.tenant = ${tenant} ${and(o)}`.execute(db)
  return rows[0]!
}

/** Up to which secrecy label a case is named in a bulletin that many read; the figures count all that the reader sees. */
const NAMED_UP_TO = 1

type Named = Omit<NamedCase, 'county' | 'unit'> & { region: string; unit: string | null }

/** Red cases that were overdue when the month was frozen, the longest first. */
export async function listRed(db: Db, tenant: number, o: Where & { limit: number }): Promise<Named[]> {
  const { rows } = await sql<Named>`select p.no, p.title, p.unit::text as unit, p.region, p.clock_due::text as due, null as met
    from cases.colour_snapshot s join cases.problem p on p.tenant = s.tenant and p.id = s.case_id
    where s.tenant = ${tenant} and s.month = ${o.month} and s.colour = 'red' and s.why @> '[{"rule":"overdue"}]'
      and p.secrecy <= ${NAMED_UP_TO} ${and(o)} order by p.clock_due nulls last, p.no limit ${o.limit}`.execute(db)
  return rows
}

/** Clear-offs of the month whose work was done longest before the last day. */
export async function listGood(db: Db, tenant: number, o: Where & { limit: number }): Promise<Named[]> {
  const { rows } =
    await sql<Named>`select p.no, p.title, p.unit::text as unit, p.region, p.clock_due::text as due, p.clock_met as met
    from cases.problem p where p.tenant = ${tenant} and p.state = 'closed' and p.secrecy <= ${NAMED_UP_TO} ${and(o)}
      and p.closed_on between ${o.first}::date and ${o.last}::date and p.clock_met::date < p.clock_due and p.rejects = 0
    order by p.clock_due - p.clock_met::date desc, p.no limit ${o.limit}`.execute(db)
  return rows
}

const and = ({ seen }: Where) => (seen ? sql`and ${seen}` : sql``)
