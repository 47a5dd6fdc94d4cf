import { randomUUID } from 'node:crypto'
import { commonData, renderDocument, templateVersion } from '../../admin/index.ts'
import { TEMPLATE_LABELS } from '../../admin/templates/rules/kinds.ts'
import type { Db } from '../../base/db.ts'
import type { RawReply } from '../../base/http/route.ts'
import { fileReply, type PaperType, paperFile, writePaper } from '../../base/paper/paper-file.ts'
import type { OfficialDocument } from '../../base/paper/rules/document.ts'
import { byOf, holdingsIn } from '../../people/rules/actor.ts'
import { listAreas } from '../../places/index.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { getCase } from '../move.ts'
import { problem } from '../problems.ts'
import { type CaseDetail, detail } from '../rules/wire.ts'
import { nextNumber } from '../store.ts'
import { secrecyMark } from './rules/case-words.ts'
import { LETTER_KINDS, type LetterKind } from './rules/kinds.ts'
import { letterData } from './rules/letter-data.ts'
import { whyNotYet } from './rules/ready.ts'
import { type IssuedLetter, insertLetter, lettersOf } from './store.ts'

/** What can be made of a case now and why not the rest, and what was issued. */
export async function listLetters(ctx: StaffCtx, id: string, language: 'zh' | 'en') {
  return ctx.tx(async (db) => {
    const c = await seenCase(ctx, db, id)
    const kinds = LETTER_KINDS.map((kind) => {
      const why = whyNotYet(kind, c)
      return { kind, label: TEMPLATE_LABELS[kind][language], ready: why === undefined, ...(why ? { why: why[language] } : {}) }
    })
    return { kinds, issued: (await lettersOf(db, id)).map(issuedItem) }
  })
}

/** A draft as a file: without a number, and every page says so. */
export async function draftLetter(
  ctx: StaffCtx,
  id: string,
  o: { kind: LetterKind; format: PaperType; language: 'zh' | 'en' },
): Promise<RawReply> {
  return ctx.tx(async (db) => {
    const { document, no } = await letterOf(ctx, db, { id, ...o })
    return paperFile({ ...document, draft: true }, { format: o.format, name: `${no}-${TEMPLATE_LABELS[o.kind].zh}-草稿` })
  })
}

/** Issues a letter: it takes the next number of its kind and year, and its files are kept as they are. Its specimen must be confirmed. */
export async function issueLetter(ctx: StaffCtx, id: string, o: { kind: LetterKind; language: 'zh' | 'en' }) {
  return ctx.tx(async (db) => {
    const { today } = envOf(ctx)
    const year = Number(today.slice(0, 4))
    const serial = await nextNumber(db, year, `letter:${o.kind}`)
    const { document } = await letterOf(ctx, db, { id, ...o, serial })
    if (document.specimen) throw problem('letter-specimen', { letter: TEMPLATE_LABELS[o.kind][o.language] })
    const [docx, pdf] = await Promise.all([keep(ctx, document, 'docx'), keep(ctx, document, 'pdf')])
    const letter: IssuedLetter = {
      ...{
        id: randomUUID(),
        caseId: id,
        kind: o.kind,
        year,
        serial,
        number: document.number ?? String(serial),
        title: document.title,
      },
      ...{ document, template: await templateVersion(db, o.kind), docx, pdf },
      ...{ by: byOf(ctx.actor, holdingsIn(ctx.actor, 'office')[0]), at: ctx.now },
    }
    await insertLetter(db, letter)
    return issuedItem(letter)
  })
}

async function keep(ctx: StaffCtx, document: OfficialDocument, format: PaperType): Promise<string> {
  return (await ctx.blobs.put(await writePaper(document, format))).sha256
}

/** The file of an issued letter, byte for byte. */
export async function openLetter(ctx: StaffCtx, id: string, o: { letter: string; format: 'docx' | 'pdf' }): Promise<RawReply> {
  const letter = await ctx.tx(async (db) => {
    await seenCase(ctx, db, id)
    return (await lettersOf(db, id)).find((found) => found.id === o.letter)
  })
  if (!letter) throw problem('no-such-letter')
  return fileReply(ctx.blobs.stream(letter[o.format]), { format: o.format, name: `${letter.number}-${letter.title}` })
}

async function seenCase(ctx: StaffCtx, db: Db, id: string): Promise<CaseDetail> {
  return detail((await getCase(ctx, db, id)).case, ctx.actor)
}

interface Wanted {
  id: string
  kind: LetterKind
  language: 'zh' | 'en'
  serial?: number
}

async function letterOf(ctx: StaffCtx, db: Db, o: Wanted): Promise<{ document: OfficialDocument; no: string }> {
  const c = await seenCase(ctx, db, o.id)
  const why = whyNotYet(o.kind, c)
  if (why) throw problem('letter-not-yet', { letter: TEMPLATE_LABELS[o.kind][o.language], why: why[o.language] })
  const areas = await listAreas(db, ctx.actor.tenant, {})
  const common = commonData(ctx.settings, {
    ...{ today: envOf(ctx).today, secrecyMark: secrecyMark(c.secrecy) },
    ...(o.serial === undefined ? {} : { serial: o.serial }),
  })
  const data = { phone: ctx.settings.officePhone, ...common, ...letterData(o.kind, c, areas) }
  return { document: await renderDocument(db, o.kind, data), no: c.no }
}

function issuedItem({ id, kind, number, title, docx, pdf, by, at }: Omit<IssuedLetter, 'document'>) {
  return { id, kind, number, title, docx, pdf, by: by.name, at: at.toISOString() }
}
