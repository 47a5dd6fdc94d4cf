import { type Kysely, sql } from 'kysely'

/** Changes of the rules: one person proposes a new row or confirms a source, another decides; what was decided is written to `base.rule`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table admin.rule_change (
    tenant int not null, id uuid not null, version int not null, state text not null check (state in ('proposed','approved','refused','withdrawn')),
    kind text not null, key text not null, doc jsonb not null, at timestamptz(3) not null, primary key (tenant, id))`,
  'create index rule_change_list on admin.rule_change (tenant, at desc, id desc)',
  `create unique index rule_change_open on admin.rule_change (tenant, kind, key) where state = 'proposed'`,
  'alter table admin.rule_change enable row level security',
  'create policy tenant on admin.rule_change using (tenant = base.tenant()) with check (tenant = base.tenant())',
  'grant select, insert on admin.rule_change to qinba_app',
  'grant update (version, state, doc) on admin.rule_change to qinba_app',
  'grant update (valid_to, confirmed_by) on base.rule to qinba_app',
]
