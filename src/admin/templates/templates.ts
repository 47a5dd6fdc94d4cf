import type { Ctx } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { fillTemplate } from '../../base/paper/rules/fill.ts'
import { baseProblem } from '../../base/problem.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Actor, Role } from '../../people/index.ts'
import { problem, templateFault } from './problems.ts'
import { sampleData, TEMPLATE_KINDS, TEMPLATE_LABELS, type TemplateKind } from './rules/kinds.ts'
import { shippedTemplate } from './shipped.ts'
import { addTemplate, newestTemplates, type TemplateBy, type TemplateRow, templateVersions } from './store.ts'

type StaffCtx = Ctx<Actor>

/** Every kind with the version in use and whether anybody has confirmed it. */
export async function listTemplates(ctx: StaffCtx) {
  return ctx.tx(async (db) => {
    const newest = new Map((await newestTemplates(db)).map((row) => [row.kind, row]))
    return { items: TEMPLATE_KINDS.map((kind) => summaryOf(kind, newest.get(kind))) }
  })
}

function summaryOf(kind: TemplateKind, row: TemplateRow | undefined) {
  return {
    ...{ kind, label: TEMPLATE_LABELS[kind], version: row?.version ?? 0, confirmed: row?.act === 'confirm' },
    ...(row ? { act: row.act, by: row.by.name, at: row.at.toISOString() } : {}),
  }
}

/** One kind: the text in use, the text that ships, every version with its author. */
export async function showTemplate(ctx: StaffCtx, kind: TemplateKind) {
  return ctx.tx((db) => describe(db, kind))
}

async function describe(db: Db, kind: TemplateKind) {
  const versions = await templateVersions(db, kind)
  const shipped = await shippedTemplate(kind)
  return {
    ...summaryOf(kind, versions[0]),
    text: versions[0]?.text ?? shipped,
    shipped,
    versions: versions.map(({ version, act, by, at, text }) => ({ version, act, by: by.name, at: at.toISOString(), text })),
  }
}

/** Saves a new wording; refuses one that cannot be filled, with the line and what is wrong. It is a specimen again. */
export async function saveTemplate(ctx: StaffCtx, kind: TemplateKind, o: { text: string; version: number }) {
  const text = o.text.replace(/\r\n?/g, '\n')
  const filled = fillTemplate(text, sampleData(kind))
  if (isRefusal(filled)) throw templateFault(filled)
  return change(ctx, kind, { version: o.version, role: 'office', next: async () => ({ text, act: 'save' }) })
}

/** Confirms the text in use as the city's specimen: whoever saved it cannot. */
export async function confirmTemplate(ctx: StaffCtx, kind: TemplateKind, o: { version: number }) {
  return change(ctx, kind, {
    version: o.version,
    role: 'leader',
    next: async (newest) => {
      if (newest?.act === 'confirm') throw problem('already-confirmed')
      if (newest?.by.account === ctx.actor.account) throw problem('same-person')
      return { text: newest?.text ?? (await shippedTemplate(kind)), act: 'confirm' }
    },
  })
}

/** Goes back to the text that ships; what was written stays among the versions. */
export async function resetTemplate(ctx: StaffCtx, kind: TemplateKind, o: { version: number }) {
  return change(ctx, kind, {
    version: o.version,
    role: 'office',
    next: async (newest) => {
      const text = await shippedTemplate(kind)
      if (!newest || newest.text === text) throw problem('already-default')
      return { text, act: 'default' }
    },
  })
}

interface Change {
  version: number
  role: Role
  next(newest: TemplateRow | undefined): Promise<Pick<TemplateRow, 'text' | 'act'>>
}

async function change(ctx: StaffCtx, kind: TemplateKind, o: Change) {
  return ctx.tx(async (db) => {
    const newest = (await templateVersions(db, kind))[0]
    const found = newest?.version ?? 0
    if (found !== o.version) throw baseProblem('version-changed', { found: o.version, expected: found })
    const row = { kind, version: found + 1, by: byOf(ctx.actor, o.role), at: ctx.now, ...(await o.next(newest)) }
    if (!(await addTemplate(db, row))) throw baseProblem('version-changed', { found: o.version, expected: found + 1 })
    return describe(db, kind)
  })
}

function byOf({ account, name, holdings }: Actor, role: Role): TemplateBy {
  const title = holdings.find((holding) => holding.role === role)?.title
  return { account, name, ...(title ? { title } : {}) }
}
