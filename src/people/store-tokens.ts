import { sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Day } from '../base/rules/day.ts'
import type { TokenState } from './rules/tokens.ts'

/** A token as its owner sees it; the secret is not in the database. */
export interface TokenRow {
  id: string
  name: string
  scopes: string[]
  readOnly: boolean
  expiresOn: Day | null
  createdAt: string
  seenAt: string | null
  revokedAt: string | null
  version: number
}

const ISO = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** Tokens of an account, newest first, revoked ones too. */
export async function listTokens(db: Db, account: string): Promise<TokenRow[]> {
  const { rows } = await sql<TokenRow>`select id, name, scopes, read_only as "readOnly", expires_on::text as "expiresOn",
      ${ISO('created_at')} as "createdAt", ${ISO('seen_at')} as "seenAt", ${ISO('revoked_at')} as "revokedAt", version
    from people.token where tenant = base.tenant() and account = ${account} order by created_at desc, id`.execute(db)
  return rows
}

const STATE = sql`jsonb_strip_nulls(jsonb_build_object('version', version, 'account', account, 'name', name, 'scopes', scopes,
  'readOnly', read_only, 'expires', expires_on, 'revoked', case when revoked_at is not null then true end))`

/** Every token as its events should have left it. */
export async function allTokenStates(db: Db): Promise<{ id: string; state: TokenState }[]> {
  const { rows } = await sql<{ id: string; state: TokenState }>`select id, ${STATE} as state from people.token
    where tenant = base.tenant() order by id`.execute(db)
  return rows
}

export async function findToken(db: Db, id: string): Promise<TokenState | undefined> {
  const { rows } = await sql<{ state: TokenState }>`select ${STATE} as state from people.token
    where tenant = base.tenant() and id = ${id}`.execute(db)
  return rows[0]?.state
}

export async function insertToken(db: Db, t: { id: string; state: TokenState; hash: Buffer; now: Date }): Promise<void> {
  const { account, name, scopes, readOnly, expires } = t.state
  await sql`insert into people.token (tenant, id, account, name, token_hash, scopes, read_only, expires_on, created_at)
    values (base.tenant(), ${t.id}, ${account}, ${name}, ${t.hash}, ${[...scopes]}, ${readOnly}, ${expires ?? null}, ${t.now})`.execute(
    db,
  )
}

/** Marks a token as revoked; false when somebody else was faster. */
export async function revokeTokenRow(db: Db, o: { id: string; version: number; now: Date }): Promise<boolean> {
  const result = await sql`update people.token set revoked_at = ${o.now}, version = ${o.version}
    where tenant = base.tenant() and id = ${o.id} and version = ${o.version - 1} and revoked_at is null`.execute(db)
  return result.numAffectedRows === 1n
}

/** Marks a token as used; at most once a minute, as every write costs. */
export async function touchToken(db: Db, o: { id: string; now: Date }): Promise<void> {
  await sql`update people.token set seen_at = ${o.now} where tenant = base.tenant() and id = ${o.id}`.execute(db)
}
