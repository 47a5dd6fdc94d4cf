import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Narrowing, TargetKind } from './rules/target.ts'

/** A target as it is kept; its address and its secret lie in `box`, sealed. */
export interface Target extends Narrowing {
  id: string
  kind: TargetKind
  name: string
  host: string
  version: number
  madeByName: string
  madeAt: Date
  stoppedAt: Date | null
  stoppedWhy: string | null
}

const COLUMNS = sql`id, kind, name, host, kinds, secrecy, org, region, version, made_by_name as "madeByName", made_at as "madeAt",
  stopped_at as "stoppedAt", stopped_why as "stoppedWhy"`

export async function listTargets(db: Db): Promise<Target[]> {
  return (await sql<Target>`select ${COLUMNS} from admin.target where tenant = base.tenant() order by name`.execute(db)).rows
}

export async function findTarget(db: Db, id: string): Promise<Target | undefined> {
  return (await sql<Target>`select ${COLUMNS} from admin.target where tenant = base.tenant() and id = ${id}`.execute(db)).rows[0]
}

/** The sealed address of a target that is not stopped. */
export async function findBox(db: Db, id: string): Promise<{ kind: TargetKind; box: Buffer } | undefined> {
  const { rows } = await sql<{ kind: TargetKind; box: Buffer }>`select kind, box from admin.target
    where tenant = base.tenant() and id = ${id} and stopped_at is null`.execute(db)
  return rows[0]
}

export type NewTarget = Narrowing & {
  id: string
  kind: TargetKind
  name: string
  host: string
  box: Buffer
  madeBy: string
  madeByName: string
  now: Date
}

export async function insertTarget(db: Db, t: NewTarget): Promise<void> {
  await sql`insert into admin.target (tenant, id, kind, name, host, box, kinds, secrecy, org, region, made_by, made_by_name, made_at)
    values (base.tenant(), ${t.id}, ${t.kind}, ${t.name}, ${t.host}, ${t.box}, ${t.kinds}::text[], ${t.secrecy}, ${t.org ?? null},
      ${t.region ?? null}, ${t.madeBy}, ${t.madeByName}, ${t.now})`.execute(db)
}

/** Stops a target or lets it go on; false when somebody else was faster. */
export async function setStopped(
  db: Db,
  t: { id: string; version: number; at: Date | null; why: string | null },
): Promise<boolean> {
  const done = await sql`update admin.target set stopped_at = ${t.at}, stopped_why = ${t.why}, version = version + 1
    where tenant = base.tenant() and id = ${t.id} and version = ${t.version}`.execute(db)
  return done.numAffectedRows === 1n
}
