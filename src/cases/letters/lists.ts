import { commonData, renderDocument } from '../../admin/index.ts'
import { TEMPLATE_LABELS } from '../../admin/templates/rules/kinds.ts'
import type { Db } from '../../base/db.ts'
import type { RawReply } from '../../base/http/route.ts'
import { type PaperType, paperFile } from '../../base/paper/paper-file.ts'
import { dayWords } from '../../base/paper/rules/geometry.ts'
import { listAreas } from '../../places/index.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { problem } from '../problems.ts'
import { canSee } from '../rules/access.ts'
import { SECRECY, type State } from '../rules/codes.ts'
import { type CaseDetail, detail } from '../rules/wire.ts'
import { type Filter, listCases } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { secrecyMark } from './rules/case-words.ts'
import type { ListKind } from './rules/kinds.ts'
import { listRow } from './rules/list-rows.ts'

const PAGE = 200
/** Rows that a file holds at most: a page of paper takes longer to set than a row of a sheet. */
const MOST: Readonly<Record<PaperType, number>> = { xlsx: 5000, docx: 500, pdf: 500 }

/** An official list of the cases that match and that the actor may see, in the columns of its template. */
export async function officialList(ctx: StaffCtx, o: { kind: ListKind; format: PaperType; filter: Filter }): Promise<RawReply> {
  const { today } = envOf(ctx)
  const document = await ctx.tx(async (db) => {
    const cases = await matching(ctx, db, o)
    const areas = await listAreas(db, ctx.actor.tenant, {})
    const highest = Math.max(0, ...cases.map(({ secrecy }) => secrecy)) as CaseDetail['secrecy']
    return renderDocument(db, o.kind, {
      ...commonData(ctx.settings, { today, secrecyMark: secrecyMark(highest) }),
      asOf: dayWords(today),
      rows: cases.map((c, at) => listRow(o.kind, c, { at: at + 1, areas })),
    })
  })
  return paperFile(document, { format: o.format, name: `${TEMPLATE_LABELS[o.kind].zh}-${today}` })
}

async function matching(ctx: StaffCtx, db: Db, o: { kind: ListKind; format: PaperType; filter: Filter }): Promise<CaseDetail[]> {
  const filter = { ...narrowed(o.kind, o.filter), days: boardDays(envOf(ctx).today, ctx.law) }
  const seen = seenBy(await sightIn(ctx, db))
  const most = MOST[o.format]
  const found: CaseDetail[] = []
  for (let after: string | undefined; ; ) {
    const page = await listCases(db, ctx.actor.tenant, { filter, after, limit: PAGE, seen })
    for (const { case: c } of page.items)
      if ((!ctx.policy || canSee(ctx.actor, c)) && belongs(o.kind, c)) found.push(detail(c, ctx.actor))
    if (found.length > most) throw problem('list-too-long', { found: `> ${most}`, expected: most, format: o.format })
    if (!page.next) return found
    after = page.next
  }
}

const ACCEPTED: State[] = ['city_accepted', 'publicising', 'objected', 'filed', 'closed']

function narrowed(kind: ListKind, filter: Filter): Filter {
  if (kind === 'petition_list') return { ...filter, path: 'petition' }
  return kind === 'closure_list' && !filter.state ? { ...filter, state: ACCEPTED } : filter
}

// Two of the lists are for the public: what is not labelled so stays out of them, whoever makes them.
function belongs(kind: ListKind, c: Pick<CaseDetail, 'secrecy'>): boolean {
  return kind === 'problem_list' || c.secrecy === SECRECY.public
}
