import { type Kysely, sql } from 'kysely'

/**
 * Layers that an operator loads. A layer of one name has versions; `current` marks the one that is asked. Features keep every version;
 * `layer_part` holds the current ones only, cut into pieces of few vertices for look-ups. A DEM is a row of `layer`; its values stay in a file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
}

const KINDS = `'ecological_redline','national_park','national_park_general','nature_reserve_core','nature_reserve_general','heritage',
  'water_source_1','water_source_2','water_source_quasi','scenic_area','geo_park','forest_park','wetland_park','botanical_garden',
  'water_scenic_area','germplasm_reserve','wild_plant_habitat','species_habitat','natural_forest','important_wetland','reservoir_lake',
  'relic','main_ridge','branch_ridge','qinling_line','urban_boundary','elevation_2000','elevation_1500','elevation','control_unit',
  'permit','basic_farmland','other'`

const TABLES = [
  `create table places.layer (
    tenant int not null, id uuid not null, name text not null check (name <> ''), version int not null check (version > 0),
    kind text not null check (kind in (${KINDS})), state text not null check (state in ('waiting','loaded','refused')),
    current boolean not null default false, file_name text not null, file_sha text, crs_said text, layer_said text,
    source text not null default '', dated date, format text, crs jsonb, features int not null default 0,
    vertices int not null default 0, repaired int not null default 0, left_out int not null default 0,
    bbox double precision[], raster jsonb, report jsonb not null default '{}', progress jsonb,
    created_at timestamptz not null, created_by text not null, loaded_at timestamptz, removed_at timestamptz, removed_by text,
    check (not current or (state = 'loaded' and removed_at is null)), check ((raster is null) or kind = 'elevation'),
    primary key (tenant, id), unique (tenant, name, version))`,
  'create unique index layer_current on places.layer (tenant, name) where current',
  'create index layer_kind on places.layer (tenant, kind) where current',
  `create table places.layer_feature (
    tenant int not null, layer uuid not null, n int not null, name text not null, attributes jsonb not null,
    valid_from date, valid_to date, area_m2 double precision not null, geom geometry(Geometry, 4326) not null,
    primary key (tenant, layer, n), foreign key (tenant, layer) references places.layer (tenant, id))`,
  'create index layer_feature_geom on places.layer_feature using gist (geom)',
  `create table places.layer_part (
    tenant int not null, layer uuid not null, n int not null, part int not null, kind text not null, geom geometry(Geometry, 4326) not null,
    primary key (tenant, layer, n, part), foreign key (tenant, layer, n) references places.layer_feature (tenant, layer, n))`,
  'create index layer_part_geom on places.layer_part using gist (geom)',
]

const POLICIES = ['layer', 'layer_feature', 'layer_part'].flatMap((table) => [
  `alter table places.${table} enable row level security`,
  `create policy tenant on places.${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`,
])

// Nothing of a layer is deleted: a superseded or removed version stays. Its parts are an index and go.
const GRANTS = [
  'grant select, insert, update on places.layer to qinba_app',
  'grant select, insert on places.layer_feature to qinba_app',
  'grant select, insert, delete on places.layer_part to qinba_app',
]
