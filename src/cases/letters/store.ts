import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { OfficialDocument } from '../../base/paper/rules/document.ts'
import type { By } from '../../people/rules/actor.ts'
import type { LetterKind } from './rules/kinds.ts'

/** A letter as it was issued: its number, its content, and the files by their SHA-256. It is never changed. */
export interface IssuedLetter {
  id: string
  caseId: string
  kind: LetterKind
  year: number
  serial: number
  number: string
  title: string
  document: OfficialDocument
  /** The version of the template that it was written by. */
  template: number
  docx: string
  pdf: string
  by: By
  at: Date
}

/** Keeps an issued letter. */
export async function insertLetter(db: Db, letter: IssuedLetter): Promise<void> {
  const { id, caseId, kind, year, serial, number, title, document, template, docx, pdf, by, at } = letter
  await sql`insert into cases.letter (tenant, id, case_id, kind, year, serial, number, title, document, template, docx, pdf, by, at)
    values (base.tenant(), ${id}, ${caseId}, ${kind}, ${year}, ${serial}, ${number}, ${title}, ${JSON.stringify(document)}::jsonb,
      ${template}, ${docx}, ${pdf}, ${JSON.stringify(by)}::jsonb, ${at})`.execute(db)
}

/** Whether a letter of a case was issued from a moment on. */
export async function wasIssued(db: Db, caseId: string, since: string): Promise<boolean> {
  const { rows } = await sql`select 1 from cases.letter where tenant = base.tenant() and case_id = ${caseId}
    and at >= ${since}::timestamptz limit 1`.execute(db)
  return rows.length > 0
}

/** The letters of a case, newest first; row-level security shows them with the case. */
export async function lettersOf(db: Db, caseId: string): Promise<Omit<IssuedLetter, 'document'>[]> {
  const { rows } = await sql<
    Omit<IssuedLetter, 'document'>
  >`select id, case_id as "caseId", kind, year, serial, number, title, template,
    docx, pdf, by, at from cases.letter where tenant = base.tenant() and case_id = ${caseId} order by at desc, id limit 200`.execute(
    db,
  )
  return rows
}
