import type { Readable } from 'node:stream'
import { type BagFile, bagStream, safeName } from '../../base/bag/bag.ts'
import type { Db } from '../../base/db.ts'
import { eventsOf } from '../../base/journal/store.ts'
import { writePdf } from '../../base/paper/pdf.ts'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import { listAreas } from '../../places/index.ts'
import type { StaffCtx } from '../ctx.ts'
import { getCase } from '../move.ts'
import { problem } from '../problems.ts'
import type { Case } from '../rules/case.ts'
import { EVIDENCE_LABELS } from '../rules/labels.ts'
import { detail, eventItem } from '../rules/wire.ts'
import { eventOf } from '../store.ts'
import { dossierOf } from './rules/dossier.ts'

/** 归档: one case as a bag: the dossier as PDF/A, the case and its events as data, every original, and the hashes of all of them. */
export async function archiveCase(ctx: StaffCtx, id: string): Promise<{ name: string; stream: Readable }> {
  const found = await ctx.tx((db) => readCase(ctx, db, id))
  const { c } = found
  for (const { sha256, name } of c.evidence) if (!(await ctx.blobs.has(sha256))) throw problem('original-missing', { name })
  const info = {
    'Source-Organization': ctx.settings.office,
    'Bagging-Date': todayOf(ctx),
    'External-Identifier': c.no,
    'External-Description': `${c.no} 问题整改卷宗，至第 ${c.version} 步`,
  }
  return { name: `${c.no}.zip`, stream: bagStream(info, filesOf(ctx, found)) }
}

const todayOf = (ctx: StaffCtx) => dayOf(ctx.now.toISOString() as Instant)

async function readCase(ctx: StaffCtx, db: Db, id: string) {
  const { case: c } = await getCase(ctx, db, id)
  const [events, areas] = [await eventsOf(db, c.tenant, { context: 'cases', id }), await listAreas(db, c.tenant, {})]
  return { c, events, areas }
}

async function* filesOf(ctx: StaffCtx, { c, events, areas }: Awaited<ReturnType<typeof readCase>>): AsyncGenerator<BagFile> {
  const told = events.map(eventOf)
  const dossier = dossierOf({ c, events: told, viewer: ctx.actor, areas, issuer: ctx.settings.office, day: todayOf(ctx) })
  yield { path: '卷宗.pdf', content: await writePdf(dossier) }
  yield { path: 'case.json', content: json(detail(c, ctx.actor)) }
  // The place in the journal and the leaf's hash: with the journal at hand, anybody can show that the event is the one that was recorded.
  const lines = events.map((event, at) =>
    JSON.stringify({ seq: event.seq, leaf: event.leaf.toString('hex'), ...eventItem(told[at]!, ctx.actor) }),
  )
  yield { path: 'events.jsonl', content: Buffer.from(`${lines.join('\n')}\n`) }
  for (const [at, item] of c.evidence.entries()) {
    const { sha256, bytes } = item
    yield { path: evidencePath(at, item), sha256, bytes, open: () => ctx.blobs.stream(sha256) }
  }
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`)

function evidencePath(at: number, item: Case['evidence'][number]): string {
  return `证据/${String(at + 1).padStart(2, '0')}-${EVIDENCE_LABELS[item.kind].zh}-${safeName(item.name)}`
}
