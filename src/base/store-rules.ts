import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { RuleRow } from './rules/law.ts'

/** Every dated rule of the tenant, as the law reads them. */
export async function loadRules(db: Db): Promise<RuleRow[]> {
  const { rows } = await sql<
    RuleRow & { validTo: string | null; confirmedBy: string | null }
  >`select kind, key, valid_from::text as "validFrom",
    valid_to::text as "validTo", value, source, confidence, confirmed_by as "confirmedBy" from base.rule
    where tenant = base.tenant() order by kind, key, valid_from`.execute(db)
  return rows.map(({ validTo, confirmedBy, ...row }) => ({
    ...row,
    ...(validTo ? { validTo } : {}),
    ...(confirmedBy ? { confirmedBy } : {}),
  }))
}

/** Writes the rules that ship with the product; a row that an operator changed or confirmed stays as it is. */
export async function saveRules(db: Db, rows: RuleRow[]): Promise<void> {
  await sql`insert into base.rule (tenant, kind, key, valid_from, valid_to, value, source, confidence)
    select base.tenant(), r.kind, r.key, r."validFrom", r."validTo", r.value, r.source, r.confidence
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (kind text, key text, "validFrom" date, "validTo" date, value jsonb, source text, confidence text)
    on conflict do nothing`.execute(db)
}
