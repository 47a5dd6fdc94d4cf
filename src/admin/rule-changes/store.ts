import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { addDays } from '../../base/rules/day.ts'
import type { Proposal, RuleChange } from './rules/change.ts'

export type KeptChange = RuleChange & { id: string }

export async function insertChange(db: Db, id: string, change: RuleChange, now: Date): Promise<void> {
  const { kind, key } = change.proposal
  await sql`insert into admin.rule_change (tenant, id, version, state, kind, key, doc, at)
    values (base.tenant(), ${id}, ${change.version}, ${change.state}, ${kind}, ${key}, ${JSON.stringify(change)}::jsonb, ${now})`.execute(
    db,
  )
}

/** Writes the next state of a change; false when somebody else was faster. */
export async function updateChange(db: Db, id: string, change: RuleChange): Promise<boolean> {
  const done =
    await sql`update admin.rule_change set version = ${change.version}, state = ${change.state}, doc = ${JSON.stringify(change)}::jsonb
    where tenant = base.tenant() and id = ${id} and version = ${change.version - 1}`.execute(db)
  return done.numAffectedRows === 1n
}

export async function findChange(db: Db, id: string): Promise<RuleChange | undefined> {
  const { rows } = await sql<{ doc: RuleChange }>`select doc from admin.rule_change
    where tenant = base.tenant() and id = ${id}`.execute(db)
  return rows[0]?.doc
}

/** Changes, newest first; those that wait before all others. */
export async function listChanges(db: Db): Promise<KeptChange[]> {
  const { rows } = await sql<{ id: string; doc: RuleChange }>`select id, doc from admin.rule_change where tenant = base.tenant()
    order by state <> 'proposed', at desc, id desc limit 500`.execute(db)
  return rows.map(({ id, doc }) => ({ id, ...doc }))
}

/** How many were approved: who keeps the law in memory sees by it that it is no longer the same. */
export async function countApproved(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from admin.rule_change
    where tenant = base.tenant() and state = 'approved'`.execute(db)
  return rows[0]!.n
}

/** Makes an approved change hold: the row before ends the day before, or the row is marked as confirmed. */
export async function applyChange(db: Db, { proposal, was, decidedBy }: RuleChange): Promise<void> {
  const { kind, key } = proposal
  if (proposal.op === 'confirm')
    await sql`update base.rule set confirmed_by = ${decidedBy!.name} where tenant = base.tenant() and kind = ${kind} and key = ${key}
      and valid_from = ${was.validFrom}::date`.execute(db)
  else await replaceRow(db, { ...proposal, was: was.validFrom })
}

async function replaceRow(db: Db, p: Extract<Proposal, { op: 'replace' }> & { was: string }): Promise<void> {
  await sql`update base.rule set valid_to = ${addDays(p.validFrom, -1)}::date where tenant = base.tenant() and kind = ${p.kind}
    and key = ${p.key} and valid_from = ${p.was}::date`.execute(db)
  await sql`insert into base.rule (tenant, kind, key, valid_from, value, source, confidence) values (base.tenant(), ${p.kind}, ${p.key},
    ${p.validFrom}::date, ${JSON.stringify(p.value)}::jsonb, ${p.source}, ${p.confidence})`.execute(db)
}

/** Every change, for whoever compares it with the journal. */
export async function allChanges(db: Db): Promise<KeptChange[]> {
  const { rows } = await sql<{
    id: string
    doc: RuleChange
  }>`select id, doc from admin.rule_change where tenant = base.tenant()`.execute(db)
  return rows.map(({ id, doc }) => ({ id, ...doc }))
}
