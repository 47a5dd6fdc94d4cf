import { type Kysely, sql } from 'kysely'

/**
 * 三色督办: items of supervision (`doc` is the whole aggregate, equal to the fold of its events), the cases that each is about, and the unit that
 * each frozen colour counts for. An item is seen by the whole city; once it was sent by its division and by whom it was sent to. Never two
 * open items of one kind for one case.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, HAS_LEFT, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
}

const KINDS = `'reminder','supervision','listed','circular','interview','referral'`
const STATES = `'draft','reviewed','signed','sent','answered','accepted','not_accepted','lifted','withdrawn'`

const TABLES = [
  'create schema supervision',
  `create table supervision.item (
    tenant int not null, id uuid not null, version int not null check (version > 0), kind text not null check (kind in (${KINDS})),
    state text not null check (state in (${STATES})), region text not null, org uuid not null,
    secrecy int not null check (secrecy between 0 and 3), year int, number int, drafted_on date not null,
    sent_at timestamptz(3), due date, doc jsonb not null,
    check ((sent_at is null) = (number is null) and (number is null) = (year is null)),
    check (state not in ('sent','answered','accepted','not_accepted','lifted') or sent_at is not null),
    check (state not in ('draft','reviewed','signed','withdrawn') or sent_at is null),
    primary key (tenant, id), unique (tenant, kind, year, number),
    foreign key (tenant, region) references places.area (tenant, code))`,
  'create index item_list on supervision.item (tenant, drafted_on desc, id desc)',
  'create index item_state on supervision.item (tenant, state, drafted_on desc, id desc)',
  'create index item_org on supervision.item (tenant, org, drafted_on desc, id desc)',
  'create index item_region on supervision.item (tenant, region, drafted_on desc, id desc)',
  `create table supervision.item_case (
    tenant int not null, item uuid not null, case_id uuid not null, kind text not null, open boolean not null,
    primary key (tenant, item, case_id), foreign key (tenant, item) references supervision.item (tenant, id),
    foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  'create index item_case_of on supervision.item_case (tenant, case_id)',
  'create unique index item_case_open on supervision.item_case (tenant, case_id, kind) where open',
  `create table supervision.scored (
    tenant int not null, month text not null, case_id uuid not null, region text not null, org uuid, org_name text,
    colour text not null check (colour in ('green','yellow','red')), manual boolean not null, secrecy int not null,
    primary key (tenant, month, case_id),
    foreign key (tenant, month, case_id) references cases.colour_snapshot (tenant, month, case_id))`,
]

// Whoever undoes a step of a case must know of every letter about it, those to others too; it says yes or no and nothing else.
const HAS_LEFT = `create function supervision.has_left(about uuid, since timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from supervision.item_case c join supervision.item i on i.tenant = c.tenant and i.id = c.item
    where c.tenant = base.tenant() and c.case_id = about and i.sent_at > since) $$`

const CLEARED = `tenant = base.tenant() and secrecy <= (select base.clearance())`
const IN_AREA = `secrecy <= (select base.area_clearance()) and ((select base.whole_city())
  or sent_at is not null and region = any ((select base.areas())::text[]))`

const POLICIES = [
  ...['item', 'item_case', 'scored'].map((t) => `alter table supervision.${t} enable row level security`),
  `create policy scope on supervision.item using (${CLEARED}
    and (${IN_AREA} or sent_at is not null and org = any ((select base.orgs())::uuid[]))) with check (tenant = base.tenant())`,
  `create policy scope on supervision.item_case using (tenant = base.tenant() and exists (select 1 from supervision.item i
    where i.tenant = item_case.tenant and i.id = item_case.item)) with check (tenant = base.tenant())`,
  `create policy see on supervision.scored for select using (${CLEARED} and (secrecy <= (select base.area_clearance())
    and ((select base.whole_city()) or region = any ((select base.areas())::text[])) or org = any ((select base.orgs())::uuid[])))`,
  'create policy add on supervision.scored for insert with check (tenant = base.tenant())',
  // A letter quotes its cases: its events are no more open than they are.
  `alter policy whole_city on journal.event using (tenant = base.tenant() and (select base.whole_city())
    and (context not in ('cases', 'supervision') or (select base.area_clearance()) >= 3))`,
  `create policy of_visible_item on journal.event for select using (tenant = base.tenant() and context = 'supervision'
    and exists (select 1 from supervision.item i where i.tenant = event.tenant and i.id = event.subject))`,
]

const GRANTS = [
  'grant usage on schema supervision to qinba_app',
  'revoke all on function supervision.has_left(uuid, timestamptz) from public',
  'grant execute on function supervision.has_left(uuid, timestamptz) to qinba_app',
  'grant select, insert, update on supervision.item to qinba_app',
  'grant select, insert on supervision.item_case to qinba_app',
  'grant update (open) on supervision.item_case to qinba_app',
  'grant select, insert on supervision.scored to qinba_app',
]
