import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { TemplateKind } from './rules/kinds.ts'

/** Who wrote or confirmed a text: the person, and the post it was done in. */
export type TemplateBy = { account: string; name: string; title?: string }

/** One version of a text: what was saved, confirmed as it stood before, or set back to what ships. */
export interface TemplateRow {
  kind: TemplateKind
  version: number
  text: string
  act: 'save' | 'confirm' | 'default'
  by: TemplateBy
  at: Date
}

/** The newest version of each text that was ever changed or confirmed. */
export async function newestTemplates(db: Db): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`select distinct on (kind) kind, version, text, act, by, at from admin.template
    where tenant = base.tenant() order by kind, version desc`.execute(db)
  return rows
}

/** Every version of one text, newest first, the first hundred of them. */
export async function templateVersions(db: Db, kind: TemplateKind): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`select kind, version, text, act, by, at from admin.template
    where tenant = base.tenant() and kind = ${kind} order by version desc limit 100`.execute(db)
  return rows
}

/** Adds a version; false when somebody else has taken its number. */
export async function addTemplate(db: Db, row: TemplateRow): Promise<boolean> {
  const { kind, version, text, act, by, at } = row
  const { numAffectedRows } = await sql`insert into admin.template (tenant, kind, version, text, act, by, at)
    values (base.tenant(), ${kind}, ${version}, ${text}, ${act}, ${JSON.stringify(by)}::jsonb, ${at}) on conflict do nothing`.execute(
    db,
  )
  return numAffectedRows === 1n
}
