import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import { appendEvents, eventsOf, type Happening, type Stored } from '../base/journal/store.ts'
import type { Course } from './numbers/rules/course.ts'
import { COURSE_COLUMNS, COURSE_FROM_ROW, courseRow } from './numbers/store-course.ts'
import type { Case } from './rules/case.ts'
import type { Colour } from './rules/codes.ts'
import type { CaseEvent } from './rules/event.ts'
import { addWords, renewWords } from './search/store-search.ts'

/** A case with the colour that the last recomputation gave it. */
export interface Coloured<C = Case> {
  case: C
  colour: Colour
  colourWhy: unknown[]
}

/** A new state with the event that led to it: they are written together or not at all. */
export interface Step {
  case: Case
  event: CaseEvent
  /** The colour that a new case starts with on a day; without it green, until it is computed. */
  colour?: { colour: Colour; why: unknown[]; day: string }
  /** What statistics need of it; without it that of the case stays, and a job makes what is missing. */
  course?: Course
}

/** The next number of a kind in a year; without gaps unless a transaction is given up. */
export async function nextNumber(db: Db, year: number, name: string): Promise<number> {
  return nextNumbers(db, { year, name, count: 1 })
}

/** The first of the next `count` numbers, taken together in one statement. */
export async function nextNumbers(db: Db, { year, name, count }: { year: number; name: string; count: number }): Promise<number> {
  const { rows } = await sql<{
    last: number
  }>`insert into base.number as n (tenant, year, name, last) values (base.tenant(), ${year}, ${name}, ${count})
    on conflict (tenant, year, name) do update set last = n.last + ${count} returning last`.execute(db)
  return rows[0]!.last - count + 1
}

/** Writes new cases, their first events and the words they are found by in a few statements, however many they are. */
export async function insertCases(db: Db, steps: Step[]): Promise<void> {
  if (steps.length === 0) return
  const rows = JSON.stringify(
    steps.map(({ case: c, colour, course }) => ({
      ...rowOf(c),
      course: course && courseRow(c, course),
      colour: colour?.colour,
      colour_why: colour?.why,
      colour_on: colour?.day,
    })),
  )
  await sql`with given as materialized (select r from jsonb_array_elements(${rows}::jsonb) r),
    new as (insert into cases.problem (${COLUMNS}, ${COURSE_COLUMNS}, colour, colour_why, colour_on) select ${FROM_ROW}, ${COURSE_FROM_ROW},
      coalesce(r->>'colour', 'green'), coalesce(r->'colour_why', '[]'), (r->>'colour_on')::date from given)
    insert into cases.spot_change (tenant, sign, spot, x, y, region, state, colour, secrecy)
    select (r->>'tenant')::int, 1, cases.spot(g), cases.spot_x(g), cases.spot_y(g), r->>'region', r->>'state',
      coalesce(r->>'colour', 'green'), (r->>'secrecy')::int
    from given, lateral (select ${GEOM} as g) place`.execute(db)
  await addWords(
    db,
    steps.map((s) => s.case),
  )
  await appendEvents(
    db,
    steps[0]!.case.tenant,
    steps.map((s) => happeningOf(s.event)),
  )
}

/** Writes the next state of a case that was read at `version - 1`; false when somebody else was faster. */
export async function updateCase(db: Db, step: Step): Promise<boolean> {
  const { course } = step
  const row = JSON.stringify({ ...rowOf(step.case), course: course && courseRow(step.case, course) })
  const counted = course ? sql`, (${COURSE_COLUMNS}) = (select ${COURSE_FROM_ROW} from (select ${row}::jsonb) as x (r))` : sql``
  // What the map counts moves in the same statement: the old place and state out, the new ones in; the colour is changed elsewhere.
  const { rows } = await sql<{ n: number }>`with
    old as (select spot, spot_x, spot_y, region, state, secrecy from cases.problem
      where tenant = ${step.case.tenant} and id = ${step.case.id} and version = ${step.case.version - 1}),
    new as (update cases.problem p set (${COLUMNS}) = (select ${FROM_ROW} from (select ${row}::jsonb) as x (r)) ${counted}
      where tenant = ${step.case.tenant} and id = ${step.case.id} and version = ${step.case.version - 1}
      returning p.spot, p.spot_x, p.spot_y, p.region, p.state, p.colour, p.secrecy),
    moved as (insert into cases.spot_change (tenant, sign, spot, x, y, region, state, colour, secrecy)
      select base.tenant(), side.sign, side.spot, side.x, side.y, side.region, side.state, new.colour, side.secrecy from new, old,
        lateral (values (-1, old.spot, old.spot_x, old.spot_y, old.region, old.state, old.secrecy),
          (1, new.spot, new.spot_x, new.spot_y, new.region, new.state, new.secrecy)) as side (sign, spot, x, y, region, state, secrecy)
      where (old.spot, old.region, old.state, old.secrecy) is distinct from (new.spot, new.region, new.state, new.secrecy))
    select count(*)::int as n from new`.execute(db)
  if (rows[0]!.n !== 1) return false
  await renewWords(db, [step.case])
  await appendEvents(db, step.case.tenant, [happeningOf(step.event)])
  return true
}

/** A case in scope, or undefined: row-level security hides the others. `lock` makes others who write it wait. */
export async function findCase(db: Db, tenant: number, id: string, o: { lock?: boolean } = {}): Promise<Coloured | undefined> {
  const { rows } = await sql<{
    doc: Case
    colour: Colour
    colour_why: unknown[]
  }>`select doc, colour, colour_why from cases.problem
    where tenant = ${tenant} and id = ${id} ${o.lock ? sql`for no key update` : sql``}`.execute(db)
  const found = rows[0]
  return found && { case: found.doc, colour: found.colour, colourWhy: found.colour_why }
}

/** What is told of cases outside: no words of theirs. */
export interface Brief {
  no: string
  secrecy: number
  region: string
  orgs: string[]
  due: string | null
}

export async function briefsOf(db: Db, tenant: number, ids: string[]): Promise<Map<string, Brief>> {
  const { rows } = await sql<Brief & { id: string }>`select id, no, secrecy, region, bound_orgs as orgs, due::text as due
    from cases.problem where tenant = ${tenant} and id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...brief }) => [id, brief]))
}

/** The events of a case, oldest first. */
export async function findEvents(db: Db, tenant: number, id: string): Promise<CaseEvent[]> {
  return (await eventsOf(db, tenant, { context: 'cases', id })).map(eventOf)
}

/** Whether the list holds anything at all. */
export async function hasCases(db: Db): Promise<boolean> {
  return (await sql`select 1 from cases.problem where tenant = base.tenant() limit 1`.execute(db)).rows.length > 0
}

/** Seals who objected or reported, out of reach of the application's own role (it may write here, not read). */
export async function insertSealed(db: Db, s: { id: string; caseId: string; box: Buffer }): Promise<void> {
  await sql`insert into cases.sealed (tenant, id, case_id, box) values (base.tenant(), ${s.id}, ${s.caseId}, ${s.box})`.execute(
    db,
  )
}

/** Every case of the tenant by id, a page at a time; `after` is the last id of the page before. */
export async function pageOfCases(db: Db, o: { after?: string | undefined; open?: boolean; limit: number }): Promise<Coloured[]> {
  const { rows } = await sql<{
    doc: Case
    colour: Colour
    colour_why: unknown[]
  }>`select doc, colour, colour_why from cases.problem
    where tenant = base.tenant() and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid)
      and (${!o.open} or state not in ('closed','declined','merged','unfounded','transferred')) order by id limit ${o.limit}`.execute(
    db,
  )
  return rows.map((r) => ({ case: r.doc, colour: r.colour, colourWhy: r.colour_why }))
}

/** Writes recomputed colours; the version is not touched, as a colour is derived, but a case that moved on meanwhile keeps its newer one. */
export async function saveColours(
  db: Db,
  rows: { id: string; version: number; colour: Colour; why: unknown[] }[],
  day: string,
): Promise<void> {
  if (rows.length === 0) return
  // Weaker than `for update`, which waits for whoever has written a row that refers to the case (a sealed name): two of them, for each other.
  // Locked first: the colour that goes out of the map's counts is the one that the row really had.
  await sql`select 1 from cases.problem where tenant = base.tenant() and id = any (${rows.map((r) => r.id)}::uuid[]) order by id for no key update`.execute(
    db,
  )
  await sql`with
    old as (select p.id, p.colour from cases.problem p, ${given(rows)} where p.tenant = base.tenant() and p.id = r.id and p.version = r.version),
    new as (update cases.problem p set colour = r.colour, colour_why = r.why, colour_on = ${day}::date from ${given(rows)}
      where p.tenant = base.tenant() and p.id = r.id and p.version = r.version
      returning p.id, p.spot, p.spot_x, p.spot_y, p.region, p.state, p.colour, p.secrecy)
    insert into cases.spot_change (tenant, sign, spot, x, y, region, state, colour, secrecy)
    select base.tenant(), side.sign, new.spot, new.spot_x, new.spot_y, new.region, new.state, side.colour, new.secrecy
    from new join old using (id), lateral (values (-1, old.colour), (1, new.colour)) as side (sign, colour)
    where old.colour <> new.colour`.execute(db)
}

const given = (rows: object[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, version int, colour text, why jsonb)`

/** Monthly colours of the given cases, newest month first. */
export async function findSnapshots(db: Db, ids: string[]): Promise<Map<string, { month: string; colour: Colour }[]>> {
  const { rows } = await sql<{
    case_id: string
    month: string
    colour: Colour
  }>`select case_id, month, colour from cases.colour_snapshot
    where tenant = base.tenant() and case_id = any (${ids}) order by month desc`.execute(db)
  const found = new Map<string, { month: string; colour: Colour }[]>()
  for (const { case_id, month, colour } of rows) found.set(case_id, [...(found.get(case_id) ?? []), { month, colour }])
  return found
}

/** An event as the journal keeps it. */
export function happeningOf(e: CaseEvent): Happening {
  return {
    tenant: e.tenant,
    context: 'cases',
    subject: e.case,
    subjectSeq: e.version,
    kind: e.type,
    at: e.at,
    by: e.by,
    data: e.data,
  }
}

/** An event of the journal as the fold reads it. */
export function eventOf(s: Stored): CaseEvent {
  return { type: s.kind, tenant: s.tenant, case: s.subject, version: s.subjectSeq, at: s.at, by: s.by, data: s.data } as CaseEvent
}

const NAMES = [
  'tenant',
  'id',
  'no',
  'version',
  'path',
  'source',
  'state',
  'outcome',
  'title',
  'region',
  'town',
  'village',
  'geom',
  'category',
  'pollution',
  'secrecy',
  'reported_on',
  'due',
  'closed_on',
  'public_from',
  'bound_orgs',
  'batch',
  'original_no',
  'source_key',
  'incomplete',
  'sample',
  'doc',
]
const CASTS: Record<string, string> = {
  tenant: 'int',
  id: 'uuid',
  version: 'int',
  secrecy: 'int',
  reported_on: 'date',
  due: 'date',
  closed_on: 'date',
  public_from: 'date',
  incomplete: 'boolean',
  sample: 'boolean',
}
const PLACE = "st_setsrid(st_makepoint((r->>'lng')::float8, (r->>'lat')::float8), 4326)"
const GEOM: RawBuilder<unknown> = sql.raw(PLACE)
const COLUMNS: RawBuilder<unknown> = sql.raw(NAMES.join(', '))
const FROM_ROW: RawBuilder<unknown> = sql.raw(NAMES.map(fromRow).join(', '))

function fromRow(name: string): string {
  if (name === 'geom') return PLACE
  if (name === 'pollution') return "array(select jsonb_array_elements_text(r->'pollution'))"
  if (name === 'bound_orgs') return "array(select x::uuid from jsonb_array_elements_text(r->'bound_orgs') x)"
  return name === 'doc' ? "r->'doc'" : `(r->>'${name}')::${CASTS[name] ?? 'text'}`
}

// What lists filter by, repeated beside the aggregate; `journal verify` holds both against the fold.
export function rowOf(c: Case): Record<string, unknown> {
  const { tenant, id, no, version, path, source, state, outcome, title, category, pollution, secrecy, due, batch, sample } = c
  const { region, town, village, point } = c.place
  return {
    ...{ tenant, id, no, version, path, source, state, outcome, title, category, pollution, secrecy, due, batch, sample },
    ...{ region, town, village, lng: point?.lng, lat: point?.lat },
    reported_on: c.reportedOn,
    closed_on: c.closedOn,
    public_from: c.secrecy === 0 && c.notice?.kind === 'notice' ? c.notice.from : undefined,
    bound_orgs: [...new Set(c.duties.map((d) => d.org))],
    original_no: c.originalNo,
    source_key: c.imported?.key,
    incomplete: c.incomplete.length > 0,
    doc: c,
  }
}

/** The rows as they stand, column by column in the shape of `rowOf`: what the journal is compared with. */
export async function pageOfRows(db: Db, o: { after?: string | undefined; limit: number }): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select tenant, id, no, version, path, source, state, outcome, title, category, pollution,
    secrecy, due::text as due, batch, sample, region, town, village, st_x(geom) as lng, st_y(geom) as lat, reported_on::text as reported_on,
    closed_on::text as closed_on, public_from::text as public_from, bound_orgs::text[] as bound_orgs, original_no, source_key, incomplete, doc
    from cases.problem where tenant = base.tenant() and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid)
    order by id limit ${o.limit}`.execute(db)
  return rows
}
