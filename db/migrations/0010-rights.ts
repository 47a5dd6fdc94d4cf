import { type Kysely, sql } from 'kysely'

/**
 * The application may do to each table what its code does and no more: what is taken here, nothing in the product asks for
 * (test/authz/grants.db.test.ts holds the list). And row-level security tells two labels apart: up to which a division is read, and up to
 * which what binds the actor's organisation; `app.area_clearance`, where it is not said, is the clearance.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...RIGHTS, AREA_CLEARANCE, ...POLICIES]) await sql.raw(statement).execute(db)
}

const RIGHTS = [
  'revoke update, delete on base.rule from qinba_app',
  'revoke delete on base.number from qinba_app',
  'revoke update on places.area, places.area_closure, places.boundary from qinba_app',
  'revoke update on people.organisation, people.account, people.credential from qinba_app',
  ...narrow('people.post', 'version'),
  ...narrow('people.holding', 'to_day, handed_to'),
  ...narrow('people.duty', 'to_day'),
  ...narrow('people.session', 'seen_at, idle_minutes'),
  ...narrow('base.idempotency', 'status, reply'),
]

function narrow(table: string, columns: string): string[] {
  return [`revoke update on ${table} from qinba_app`, `grant update (${columns}) on ${table} to qinba_app`]
}

const AREA_CLEARANCE = `create function base.area_clearance() returns int language sql stable
  as $$ select coalesce(nullif(current_setting('app.area_clearance', true), '')::int, base.clearance()) $$`

const IN_AREA = `secrecy <= (select base.area_clearance())
  and ((select base.whole_city()) or region = any ((select base.areas())::text[])`

const POLICIES = [
  `alter policy scope on cases.problem using (tenant = base.tenant() and secrecy <= (select base.clearance()) and ((${IN_AREA}
    or town = any ((select base.areas())::text[]) or village = any ((select base.areas())::text[])))
    or bound_orgs && (select base.orgs())::uuid[]))`,
  ...['spot_change', 'spot_count'].flatMap((table) => [
    `alter policy see on cases.${table} using (tenant = base.tenant() and ${IN_AREA}))`,
    `alter policy remove on cases.${table} using (tenant = base.tenant() and ${IN_AREA}))`,
  ]),
  `alter policy whole_city on journal.event using (tenant = base.tenant() and (select base.whole_city())
    and (context <> 'cases' or (select base.area_clearance()) >= 3))`,
]
