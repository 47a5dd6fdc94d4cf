import type { Settings } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import type { OfficialDocument } from '../../base/paper/rules/document.ts'
import { fillTemplate } from '../../base/paper/rules/fill.ts'
import type { Data } from '../../base/paper/rules/placeholders.ts'
import type { Day } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { templateFault } from './problems.ts'
import { placeholdersOf, type TemplateKind } from './rules/kinds.ts'
import { shippedTemplate } from './shipped.ts'
import { templateVersions } from './store.ts'

export type { TemplateKind } from './rules/kinds.ts'

/**
 * A document in the city's wording: the newest text of the kind, or the one that ships, filled with `data`. A placeholder of the kind that
 * `data` leaves out is empty. It is a specimen (样式) until somebody else than its author confirmed the text. Throws a Problem that names
 * the line when the text cannot be filled.
 */
export async function renderDocument(db: Db, kind: TemplateKind, data: Data): Promise<OfficialDocument> {
  const newest = (await templateVersions(db, kind))[0]
  const text = newest?.text ?? (await shippedTemplate(kind))
  return { ...renderText(text, kind, data), specimen: newest?.act !== 'confirm' }
}

/** A text filled with data of its kind. */
export function renderText(text: string, kind: TemplateKind, data: Data): Omit<OfficialDocument, 'specimen'> {
  const filled = fillTemplate(text, { ...emptyData(kind), ...data })
  if (isRefusal(filled)) throw templateFault(filled)
  return filled
}

/** The number of the version that is in use, 0 for the text that ships. */
export async function templateVersion(db: Db, kind: TemplateKind): Promise<number> {
  return (await templateVersions(db, kind))[0]?.version ?? 0
}

/** What every kind may name: the city, its office, the day; `serial` only when the letter is issued. */
export function commonData(settings: Settings, o: { today: Day; serial?: number; secrecyMark?: string }) {
  const { cityName, office, officePhone } = settings
  const { today, serial, secrecyMark = '' } = o
  return { city: cityName, office, officePhone, year: today.slice(0, 4), serial: serial ?? '', today, secrecyMark }
}

const emptyData = (kind: TemplateKind): Data => Object.fromEntries(placeholdersOf(kind).map((p) => [p.name, p.rows ? [] : '']))
