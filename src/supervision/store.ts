import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import { appendEvents, eventsOf, type Happening, type Stored } from '../base/journal/store.ts'
import type { Day } from '../base/rules/day.ts'
import type { ItemSight } from './rules/access.ts'
import { type ItemState, isOver, type Kind } from './rules/codes.ts'
import type { Known } from './rules/drafts.ts'
import type { Item, ItemEvent } from './rules/item.ts'

/** A new state of an item with the event that led to it. */
export interface Step {
  item: Item
  event: ItemEvent
}

/** Writes new items with their first events in four statements, however many they are. */
export async function insertItems(db: Db, steps: Step[]): Promise<void> {
  if (steps.length === 0) return
  const rows = JSON.stringify(steps.map((s) => rowOf(s.item)))
  await sql`insert into supervision.item (${COLUMNS}) select ${FROM_ROW} from jsonb_array_elements(${rows}::jsonb) r`.execute(db)
  const about = steps.flatMap(({ item }) => item.cases.map((c) => ({ item: item.id, case: c.id, kind: item.kind })))
  await sql`insert into supervision.item_case (tenant, item, case_id, kind, open)
    select base.tenant(), r.item, r.case, r.kind, true
    from jsonb_to_recordset(${JSON.stringify(about)}::jsonb) as r (item uuid, "case" uuid, kind text)`.execute(db)
  await appendEvents(
    db,
    steps[0]!.item.tenant,
    steps.map((s) => happeningOf(s.event)),
  )
}

/** Writes the next state of an item that was read at `version - 1`; false when somebody else was faster. */
export async function updateItem(db: Db, { item, event }: Step): Promise<boolean> {
  const row = JSON.stringify(rowOf(item))
  const { rows } =
    await sql`update supervision.item i set (${COLUMNS}) = (select ${FROM_ROW} from (select ${row}::jsonb) as x (r))
    where tenant = ${item.tenant} and id = ${item.id} and version = ${item.version - 1} returning 1`.execute(db)
  if (rows.length !== 1) return false
  if (isOver(item.state))
    await sql`update supervision.item_case set open = false where tenant = ${item.tenant} and item = ${item.id}`.execute(db)
  await appendEvents(db, item.tenant, [happeningOf(event)])
  return true
}

/** The next 文号 of a step in a year: without gaps, as it goes with the transaction that takes it. */
export async function nextNumber(db: Db, kind: Kind, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into base.number as n (tenant, year, name, last)
    values (base.tenant(), ${year}, ${`supervision.${kind}`}, 1)
    on conflict (tenant, year, name) do update set last = n.last + 1 returning last`.execute(db)
  return rows[0]!.last
}

/** An item in scope, or undefined. */
export async function findItem(db: Db, tenant: number, id: string): Promise<Item | undefined> {
  const { rows } = await sql<{
    doc: Item
  }>`select doc from supervision.item where tenant = ${tenant} and id = ${id}`.execute(db)
  return rows[0]?.doc
}

/** The events of an item, oldest first. */
export async function findEvents(db: Db, tenant: number, id: string): Promise<ItemEvent[]> {
  return (await eventsOf(db, tenant, { context: 'supervision', id })).map(eventOf)
}

/** What the list is narrowed by. */
export interface Filter {
  state?: readonly ItemState[] | undefined
  kind?: Kind | undefined
  case?: string | undefined
  region?: string | undefined
  org?: string | undefined
  open?: boolean | undefined
}

interface PageOf {
  filter: Filter
  seen: ItemSight | undefined
  after?: string | undefined
  limit: number
}

/** A page of items, newest draft first; `seen` is the policy wall, undefined where it is switched off. */
export async function listItems(db: Db, o: PageOf): Promise<{ items: Item[]; next: string | null }> {
  const [day, id] = o.after?.split(' ') ?? []
  const cursor = day && id ? [sql`(i.drafted_on, i.id) < (${day}::date, ${id}::uuid)`] : []
  const parts = [sql`i.tenant = base.tenant()`, ...conditions(o.filter), ...cursor, ...(o.seen ? [seenBy(o.seen)] : [])]
  const { rows } = await sql<{ doc: Item; drafted: string }>`select doc, drafted_on::text as drafted from supervision.item i
    where ${sql.join(parts, sql` and `)} order by i.drafted_on desc, i.id desc limit ${o.limit + 1}`.execute(db)
  const last = rows.length > o.limit ? rows[o.limit - 1] : undefined
  return { items: rows.slice(0, o.limit).map((r) => r.doc), next: last ? `${last.drafted} ${last.doc.id}` : null }
}

/** How many open items there are of each step and state. */
export async function countOpen(
  db: Db,
  o: { region?: string | undefined; today: Day; seen: ItemSight | undefined },
): Promise<{ kind: Kind; state: ItemState; n: number; late: number }[]> {
  const parts = [
    sql`i.tenant = base.tenant()`,
    ...conditions({ open: true, region: o.region }),
    ...(o.seen ? [seenBy(o.seen)] : []),
  ]
  const { rows } = await sql<{ kind: Kind; state: ItemState; n: number; late: number }>`select kind, state, count(*)::int as n,
    (count(*) filter (where state = 'sent' and due < ${o.today}::date))::int as late
    from supervision.item i where ${sql.join(parts, sql` and `)} group by kind, state`.execute(db)
  return rows
}

function conditions(f: Filter): RawBuilder<unknown>[] {
  return [
    ...(f.state ? [sql`i.state = any (${[...f.state]}::text[])`] : []),
    ...(f.kind ? [sql`i.kind = ${f.kind}`] : []),
    ...(f.region ? [sql`i.region = ${f.region}`] : []),
    ...(f.org ? [sql`i.org = ${f.org}::uuid`] : []),
    ...(f.open ? [sql`i.state not in ('lifted', 'withdrawn')`] : []),
    ...(f.case
      ? [
          sql`exists (select 1 from supervision.item_case c where c.tenant = i.tenant and c.item = i.id and c.case_id = ${f.case}::uuid)`,
        ]
      : []),
  ]
}

function seenBy({ areas, orgs, clearance }: ItemSight): RawBuilder<unknown> {
  const parts = areas.map(({ regions, most, unsent }) => {
    const where = regions === '*' ? sql`true` : sql`i.region = any (${regions}::text[])`
    return sql`(i.secrecy <= ${most} and ${where} and (${unsent} or i.sent_at is not null))`
  })
  const own = sql`(i.sent_at is not null and i.secrecy <= ${clearance} and i.org = any (${orgs}::uuid[]))`
  return sql`(${sql.join([...parts, own], sql` or `)})`
}

/** Every item that touches these cases, whoever it was sent to, as far as row-level security shows it. */
export async function findKnown(db: Db, cases: readonly string[]): Promise<Known[]> {
  if (cases.length === 0) return []
  const { rows } = await sql<{ doc: Item }>`select doc from supervision.item i where i.tenant = base.tenant() and exists (
    select 1 from supervision.item_case c where c.tenant = i.tenant and c.item = i.id and c.case_id = any (${[...cases]}::uuid[]))
    order by i.drafted_on, i.id`.execute(db)
  return rows.map(({ doc }) => knownOf(doc))
}

function knownOf(item: Item): Known {
  const endedOn = (item.lifted ?? item.withdrawn)?.on
  return {
    ...{ id: item.id, kind: item.kind, state: item.state, org: item.org, cases: item.cases.map((c) => c.id) },
    ...(item.clock && { clock: item.clock }),
    ...(item.no && { no: item.no }),
    ...(item.sent && { sentOn: item.sent.on }),
    ...(endedOn && { endedOn }),
  }
}

/** The cases that open items were sent about: an answer may be due although the case is green by now. */
export async function casesUnderLetters(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct c.case_id as id from supervision.item i
    join supervision.item_case c on c.tenant = i.tenant and c.item = i.id
    where i.tenant = base.tenant() and i.state in ('sent', 'not_accepted') order by 1`.execute(db)
  return rows.map((r) => r.id)
}

/** Whether a letter about this case left the office after that moment, whoever asks and whomever it went to. */
export async function hasLeft(db: Db, caseId: string, since: string): Promise<boolean> {
  const { rows } = await sql<{
    yes: boolean
  }>`select supervision.has_left(${caseId}::uuid, ${since}::timestamptz) as yes`.execute(db)
  return rows[0]!.yes
}

/** An event as the journal keeps it. */
function happeningOf(e: ItemEvent): Happening {
  const { tenant, item, version, type, at, by, data } = e
  return { tenant, context: 'supervision', subject: item, subjectSeq: version, kind: type, at, by, data }
}

/** An event of the journal as the fold reads it. */
export function eventOf(s: Stored): ItemEvent {
  return { type: s.kind, tenant: s.tenant, item: s.subject, version: s.subjectSeq, at: s.at, by: s.by, data: s.data } as ItemEvent
}

const TYPES: Record<string, string> = {
  tenant: 'int',
  id: 'uuid',
  version: 'int',
  kind: 'text',
  state: 'text',
  region: 'text',
  org: 'uuid',
  secrecy: 'int',
  year: 'int',
  number: 'int',
  drafted_on: 'date',
  sent_at: 'timestamptz',
  due: 'date',
}
const COLUMNS: RawBuilder<unknown> = sql.raw([...Object.keys(TYPES), 'doc'].join(', '))
const FROM_ROW: RawBuilder<unknown> = sql.raw(
  [...Object.entries(TYPES).map(([name, type]) => `(r->>'${name}')::${type}`), "r->'doc'"].join(', '),
)

/** What lists filter by, repeated beside the aggregate; `journal verify` holds both against the fold. */
export function rowOf(i: Item): Record<string, unknown> {
  const { tenant, id, version, kind, state, region, org, secrecy, due } = i
  return {
    ...{ tenant, id, version, kind, state, region, org, secrecy, due },
    ...{ year: i.number?.year, number: i.number?.seq, drafted_on: i.drafted.on, sent_at: i.sent?.at, doc: i },
  }
}

/** The rows as they stand, in the shape of `rowOf`, with the cases each is about: what the journal is compared with. */
export async function pageOfRows(db: Db, o: { after?: string | undefined; limit: number }): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`select tenant, id, version, kind, state, region, org, secrecy, year, number,
    drafted_on::text as drafted_on, to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sent_at, due::text as due, doc,
    (select array_agg(c.case_id::text || ' ' || c.kind || ' ' || c.open order by c.case_id) from supervision.item_case c
      where c.tenant = i.tenant and c.item = i.id) as about
    from supervision.item i where tenant = base.tenant() and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid)
    order by id limit ${o.limit}`.execute(db)
  return rows
}
