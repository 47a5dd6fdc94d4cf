import type { RawReply } from '../base/http/route.ts'
import { fileReply, type PaperType, paperFile } from '../base/paper/paper-file.ts'
import type { StaffCtx } from './ctx.ts'
import { documentOf } from './letter.ts'
import { getItem } from './move.ts'
import { letterName } from './rules/letter.ts'

/** The letter of an item as a file: a draft until it was sent, then, as PDF, the very file that was kept when it left. */
export async function letterFile(ctx: StaffCtx, o: { id: string; format: PaperType }): Promise<RawReply> {
  const { item, document } = await ctx.tx(async (db) => {
    const item = await getItem(ctx, db, o.id)
    return { item, document: await documentOf(ctx, db, item) }
  })
  const name = letterName(item)
  if (o.format === 'pdf' && item.file) return fileReply(ctx.blobs.stream(item.file.sha256), { format: 'pdf', name })
  return paperFile(document, { format: o.format, name })
}
