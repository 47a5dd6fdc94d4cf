import { commonData, renderDocument } from '../admin/index.ts'
import type { Db } from '../base/db.ts'
import { writePaper } from '../base/paper/paper-file.ts'
import type { OfficialDocument } from '../base/paper/rules/document.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import type { Item, SentFile } from './rules/item.ts'
import { letterName, letterOf, templateData } from './rules/letter.ts'

/** Keeps the letter as it leaves, under its hash. */
export async function keepLetter(ctx: StaffCtx, db: Db, item: Item): Promise<SentFile> {
  const content = await writePaper(await documentOf(ctx, db, item), 'pdf')
  return { ...(await ctx.blobs.put(content)), name: `${letterName(item)}.pdf` }
}

/** The letter of an item: one case in the city's own wording; several, and the steps that have no template, as a letter with a table. */
export async function documentOf(ctx: StaffCtx, db: Db, item: Item): Promise<OfficialDocument> {
  const { office, officePhone } = ctx.settings
  const { today } = envOf(ctx)
  const sender = { issuer: office, phone: officePhone, today }
  const document =
    (item.kind === 'reminder' || item.kind === 'supervision') && item.cases.length === 1
      ? await renderDocument(db, item.kind, {
          ...commonData(ctx.settings, { today: item.sent?.on ?? today }),
          ...templateData(item, sender),
        })
      : letterOf(item, sender)
  return item.sent ? document : { ...document, draft: true }
}
