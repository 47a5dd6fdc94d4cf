import { type Kysely, sql } from 'kysely'

/**
 * Texts of letters that an office words for itself, every version kept, and letters as they were issued: both only grow. A letter belongs to a
 * case and is seen by whoever sees the case; its number has no gap within its kind and year.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
}

const TABLES = [
  'create schema if not exists admin',
  'grant usage on schema admin to qinba_app',
  `create table admin.template (
    tenant int not null, kind text not null, version int not null check (version > 0), text text not null,
    act text not null check (act in ('save','confirm','default')), by jsonb not null, at timestamptz(3) not null,
    primary key (tenant, kind, version))`,
  `create table cases.letter (
    tenant int not null, id uuid not null, case_id uuid not null, kind text not null, year int not null, serial int not null check (serial > 0),
    number text not null, title text not null, document jsonb not null, template int not null,
    docx text not null, pdf text not null, by jsonb not null, at timestamptz(3) not null,
    primary key (tenant, id), unique (tenant, kind, year, serial), foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  'create index letter_case on cases.letter (tenant, case_id, at)',
]

const POLICIES = [
  'alter table admin.template enable row level security',
  'create policy see on admin.template for select using (tenant = base.tenant())',
  'create policy add on admin.template for insert with check (tenant = base.tenant())',
  'alter table cases.letter enable row level security',
  `create policy see on cases.letter for select using (tenant = base.tenant()
    and exists (select 1 from cases.problem p where p.tenant = letter.tenant and p.id = letter.case_id))`,
  `create policy add on cases.letter for insert with check (tenant = base.tenant()
    and exists (select 1 from cases.problem p where p.tenant = letter.tenant and p.id = letter.case_id))`,
]

const GRANTS = ['grant select, insert on admin.template to qinba_app', 'grant select, insert on cases.letter to qinba_app']
