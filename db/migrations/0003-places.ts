import { type Kysely, sql } from 'kysely'

/** Divisions, the closure table that scopes flow through, and the county boundaries (WGS 84). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema places`.execute(db)
  await sql`grant usage on schema places to qinba_app`.execute(db)
  await sql`create table places.area (
    tenant int not null, code text not null, name text not null,
    level text not null check (level in ('city','county','zone','township','village')), parent text,
    primary key (tenant, code), foreign key (tenant, parent) references places.area (tenant, code))`.execute(db)
  await sql`create index area_parent on places.area (tenant, parent)`.execute(db)
  await sql`create table places.area_closure (
    tenant int not null, ancestor text not null, descendant text not null, depth int not null,
    primary key (tenant, ancestor, descendant),
    foreign key (tenant, ancestor) references places.area (tenant, code),
    foreign key (tenant, descendant) references places.area (tenant, code))`.execute(db)
  await sql`create index area_closure_up on places.area_closure (tenant, descendant)`.execute(db)
  await sql`create table places.boundary (
    tenant int not null, code text not null, geom geometry(MultiPolygon, 4326) not null, source text not null,
    primary key (tenant, code), foreign key (tenant, code) references places.area (tenant, code))`.execute(db)
  await sql`create index boundary_geom on places.boundary using gist (geom)`.execute(db)
  for (const table of ['area', 'area_closure', 'boundary']) {
    await sql.raw(`alter table places.${table} enable row level security`).execute(db)
    await sql
      .raw(`create policy tenant on places.${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`)
      .execute(db)
    await sql.raw(`grant select, insert, update on places.${table} to qinba_app`).execute(db)
  }
}
