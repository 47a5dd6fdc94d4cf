import { type Kysely, sql } from 'kysely'

/**
 * Where a case lies on the map, and how many lie together. `spot` interleaves the bits of two 26-bit web mercator coordinates, so a
 * map tile is one range of it. Its comparison is leakproof, so the index serves under row-level security, which PostGIS operators do
 * not. `spot_count` holds how many lie in the cells of three zoom levels, and at level 0 how many there are, with or without a place;
 * `spot_change` holds what was not yet added to it, so that no two writers meet in one row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...FUNCTIONS, ...TABLES, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
  await sql`insert into cases.spot_change (tenant, sign, spot, x, y, region, state, colour, secrecy)
    select tenant, 1, spot, spot_x, spot_y, region, state, colour, secrecy from cases.problem`.execute(db)
}

const SIZE = 2 ** 26

// Each step doubles the gaps between the bits: the usual way to interleave. PL/pgSQL, as an SQL function of several steps is a hundred times slower.
const STEPS = [
  [16, 0x0000ffff0000ffffn],
  [8, 0x00ff00ff00ff00ffn],
  [4, 0x0f0f0f0f0f0f0f0fn],
  [2, 0x3333333333333333n],
  [1, 0x5555555555555555n],
].map(([shift, mask]) => `v := (v | (v << ${shift})) & ${mask};`)

const axis = (name: string, unit: string) =>
  `create function cases.${name}(place public.geometry) returns int language sql immutable parallel safe as $$
    select least(${SIZE - 1}, greatest(0, floor(${unit} * ${SIZE})))::int $$`

const FUNCTIONS = [
  axis('spot_x', '(public.st_x(place) + 180) / 360'),
  axis('spot_y', '(0.5 - ln(tan(pi() / 4 + radians(least(85.05, greatest(-85.05, public.st_y(place)))) / 2)) / (2 * pi()))'),
  `create function cases.spread(n bigint) returns bigint language plpgsql immutable parallel safe as $$
    declare v bigint := n; begin ${STEPS.join(' ')} return v; end $$`,
  `create function cases.spot(place public.geometry) returns bigint language sql immutable parallel safe as $$
    select cases.spread(cases.spot_x(place)) | (cases.spread(cases.spot_y(place)) << 1) $$`,
]

const KEYS = 'region text not null, state text not null, colour text not null, secrecy int not null'

const TABLES = [
  `alter table cases.problem add column spot_x int generated always as (cases.spot_x(geom)) stored,
    add column spot_y int generated always as (cases.spot_y(geom)) stored,
    add column spot bigint generated always as (cases.spot(geom)) stored`,
  `create index problem_spot on cases.problem (tenant, spot)
    include (spot_x, spot_y, region, town, village, secrecy, bound_orgs, state, colour, category, path) where spot is not null`,
  `create table cases.spot_change (
    tenant int not null, id uuid not null default gen_random_uuid(), sign int not null check (sign in (-1, 1)),
    spot bigint, x int, y int, ${KEYS}, primary key (tenant, id))`,
  'create index spot_change_spot on cases.spot_change (tenant, spot)',
  `create table cases.spot_count (
    tenant int not null, level int not null, cell bigint not null, ${KEYS},
    n bigint not null, sum_x bigint not null, sum_y bigint not null,
    primary key (tenant, level, cell, region, state, colour, secrecy))`,
  'create index spot_count_empty on cases.spot_count (tenant) where n = 0',
]

const VISIBLE = `tenant = base.tenant() and secrecy <= (select base.clearance())
  and ((select base.whole_city()) or region = any ((select base.areas())::text[]))`

const POLICIES = ['spot_change', 'spot_count'].flatMap((table) => [
  `alter table cases.${table} enable row level security`,
  `create policy see on cases.${table} for select using (${VISIBLE})`,
  `create policy add on cases.${table} for insert with check (tenant = base.tenant())`,
  `create policy remove on cases.${table} for delete using (${VISIBLE})`,
])

const GRANTS = [
  'create policy change on cases.spot_count for update using (tenant = base.tenant())',
  'grant select, insert, delete on cases.spot_change to qinba_app',
  'grant select, insert, update, delete on cases.spot_count to qinba_app',
]
