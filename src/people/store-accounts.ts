import { sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Day } from '../base/rules/day.ts'
import type { AccountState } from './rules/accounts.ts'
import type { OrganisationState } from './rules/organisations.ts'

/** The life cycles of accounts and organisations in the database: the state as its events should have left it, and its next version. */

const ACCOUNT = sql`jsonb_strip_nulls(jsonb_build_object('version', a.version, 'username', a.username, 'name', a.name,
  'clearance', a.clearance, 'passwords', k.times, 'mustChange', case when k.must_change then true end,
  'readOnly', case when a.read_only then true end, 'validFrom', a.valid_from, 'validTo', a.valid_to, 'disabled', a.disabled_on,
  'left', a.left_on))`

/** The state of one account. */
export async function findAccountState(db: Db, id: string): Promise<AccountState | undefined> {
  const { rows } = await sql<{ state: AccountState }>`select ${ACCOUNT} as state from people.account a
    join people.credential k on k.tenant = a.tenant and k.account = a.id
    where a.tenant = base.tenant() and a.id = ${id}`.execute(db)
  return rows[0]?.state
}

/** Every account as its events should have left it; one without a password is a state that no events make. */
export async function allAccountStates(db: Db): Promise<{ id: string; state: AccountState }[]> {
  const { rows } = await sql<{ id: string; state: AccountState }>`select a.id, ${ACCOUNT} as state from people.account a
    left join people.credential k on k.tenant = a.tenant and k.account = a.id
    where a.tenant = base.tenant() order by a.id`.execute(db)
  return rows
}

/** Writes the next state of an account; false when somebody else was faster. */
export async function updateAccount(db: Db, id: string, s: AccountState): Promise<boolean> {
  const result =
    await sql`update people.account set name = ${s.name}, clearance = ${s.clearance}, disabled_on = ${s.disabled ?? null},
      left_on = ${s.left ?? null}, valid_from = ${s.validFrom ?? null}, valid_to = ${s.validTo ?? null}, version = ${s.version}
    where tenant = base.tenant() and id = ${id} and version = ${s.version - 1}`.execute(db)
  return result.numAffectedRows === 1n
}

/** Another password: its hash, and whether it opens nothing but its own change. */
export async function updateCredential(
  db: Db,
  o: { account: string; hash: string; now: Date; times: number; mustChange: boolean },
): Promise<void> {
  await sql`update people.credential set hash = ${o.hash}, changed_at = ${o.now}, times = ${o.times}, must_change = ${o.mustChange}
    where tenant = base.tenant() and account = ${o.account}`.execute(db)
}

/** How many others may still administer accounts on a day: open ones that hold the security administrator's post. */
export async function countOtherSecadmins(db: Db, o: { account: string; day: Day }): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct a.id)::int as n from people.account a
    join people.holding h on h.tenant = a.tenant and h.account = a.id and h.to_day is null
    join people.post p on p.tenant = h.tenant and p.id = h.post and p.role = 'secadmin' and p.closed_on is null
    where a.tenant = base.tenant() and a.id <> ${o.account} and a.disabled_on is null and not a.read_only
      and (a.valid_from is null or a.valid_from <= ${o.day}::date) and (a.valid_to is null or a.valid_to >= ${o.day}::date)`.execute(
    db,
  )
  return rows[0]!.n
}

const ORGANISATION = sql`jsonb_strip_nulls(jsonb_build_object('version', o.version, 'name', o.name, 'kind', o.kind, 'area', o.area,
  'parent', o.parent, 'closed', o.closed_on, 'mergedInto', o.merged_into))`

/** Organisations as their events should have left them: all, or one. */
export async function organisationStates(db: Db, id?: string): Promise<{ id: string; state: OrganisationState }[]> {
  const { rows } = await sql<{
    id: string
    state: OrganisationState
  }>`select o.id, ${ORGANISATION} as state from people.organisation o
    where o.tenant = base.tenant() and (${id ?? null}::uuid is null or o.id = ${id ?? null}::uuid) order by o.id`.execute(db)
  return rows
}

/** Writes the next state of an organisation; false when somebody else was faster. */
export async function updateOrganisation(db: Db, id: string, s: OrganisationState): Promise<boolean> {
  const result = await sql`update people.organisation set name = ${s.name}, closed_on = ${s.closed ?? null},
      merged_into = ${s.mergedInto ?? null}, version = ${s.version}
    where tenant = base.tenant() and id = ${id} and version = ${s.version - 1}`.execute(db)
  return result.numAffectedRows === 1n
}

/** Posts of an organisation that are not closed. */
export async function countOpenPosts(db: Db, org: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from people.post
    where tenant = base.tenant() and org = ${org} and closed_on is null`.execute(db)
  return rows[0]!.n
}
