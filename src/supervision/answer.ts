import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { BlobStore } from '../base/blobs.ts'
import { type Inspected, inspectUpload } from '../base/files/inspect.ts'
import type { Upload } from '../base/http/route.ts'
import type { StaffCtx } from './ctx.ts'
import { getItem, moveItem } from './move.ts'
import { problem } from './problems.ts'
import type { AnswerFile, Item } from './rules/item.ts'

/** Looks at the files before the transaction opens. */
export async function prepareAnswer(blobs: BlobStore, files: Upload[]): Promise<Inspected[]> {
  const found: Inspected[] = []
  for (const file of files) found.push(await inspectUpload(blobs, file))
  return found
}

type Sent = { text: string; files: Upload[]; found: Inspected[]; version: number }

/** 回复: the organisation's answer with its files, which are judged by their bytes like every upload. */
export function answerItem(ctx: StaffCtx, id: string, { text, files, found, version }: Sent): Promise<Item> {
  const kept = files.map(
    ({ sha256, name, bytes }, i): AnswerFile => ({ id: randomUUID(), sha256, name, bytes, mime: found[i]!.mime }),
  )
  return moveItem(ctx, id, { act: { move: 'answer', text, files: kept }, version })
}

/** A file of an answer, always as a download. */
export async function openAnswerFile(
  ctx: StaffCtx,
  o: { id: string; file: string },
): Promise<{ file: AnswerFile; stream: Readable }> {
  const item = await ctx.tx((db) => getItem(ctx, db, o.id))
  const file = item.answers.flatMap((answer) => answer.files).find(({ id }) => id === o.file)
  if (!file) throw problem('no-such-file')
  return { file, stream: ctx.blobs.stream(file.sha256) }
}
