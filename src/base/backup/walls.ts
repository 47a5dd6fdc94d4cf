import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { listTables } from './tables.ts'

/** What is wrong with the second wall: tables that row-level security does not cover, and a role that could climb over it. Empty when it stands. */
export async function findGaps(db: Db): Promise<string[]> {
  const tables = (await listTables(db)).map((t) => `${t.schema}.${t.name}`)
  const { rows } = await sql<{
    name: string
    enabled: boolean
    policies: number
    owner: string
  }>`select n.nspname || '.' || c.relname as name,
      c.relrowsecurity as enabled, pg_get_userbyid(c.relowner) as owner,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')`.execute(db)
  const ours = rows.filter((r) => tables.includes(r.name))
  return [
    ...ours.filter((t) => !t.enabled).map((t) => `${t.name}: row-level security is off`),
    ...ours.filter((t) => t.policies === 0).map((t) => `${t.name}: no policy`),
    ...ours.filter((t) => t.owner === APP).map((t) => `${t.name}: owned by ${APP}`),
    ...(await roleGaps(db)),
  ]
}

const APP = 'qinba_app'

async function roleGaps(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    super: boolean
    bypass: boolean
    login: boolean
  }>`select rolsuper as super, rolbypassrls as bypass,
    rolcanlogin as login from pg_roles where rolname = ${APP}`.execute(db)
  const [role] = rows
  if (!role) return [`role ${APP} does not exist`]
  return [
    ...(role.super ? [`role ${APP} is a superuser`] : []),
    ...(role.bypass ? [`role ${APP} may bypass row-level security`] : []),
    ...(role.login ? [`role ${APP} may log in`] : []),
  ]
}
