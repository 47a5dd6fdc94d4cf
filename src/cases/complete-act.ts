import { randomUUID } from 'node:crypto'
import { listOrganisations } from '../people/index.ts'
import type { MoveBody } from './act-schema.ts'
import type { StaffCtx } from './ctx.ts'
import { getCase } from './move.ts'
import { problem } from './problems.ts'
import type { Act } from './rules/act.ts'
import { insertSealed } from './store.ts'

/** Puts in what the client does not get to say: organisations are sent by id and named by the directory, objectors are sealed. */
export async function completeAct(ctx: StaffCtx, id: string, body: MoveBody): Promise<Act> {
  if (body.move === 'object') return sealObjector(ctx, id, body)
  if (body.move !== 'assign' && body.move !== 'plan') return stripped(body) as Act
  const names = await ctx.tx(async (db) => new Map((await listOrganisations(db)).map((o) => [o.id, o.name])))
  const nameOf = (id: string) => {
    const name = names.get(id)
    if (!name) throw problem('no-such-organisation', { id })
    return name
  }
  if (body.move === 'assign')
    return stripped({ ...body, duties: body.duties.map((d) => ({ ...d, orgName: nameOf(d.org) })) }) as Act
  return stripped({ ...body, implementerName: nameOf(body.implementer), acceptanceUnitName: nameOf(body.acceptanceUnit) }) as Act
}

/** Who objected is sealed in the transaction of the move; the act carries a reference (Code art. 146). */
async function sealObjector(ctx: StaffCtx, caseId: string, o: { name: string; contact: string; text: string }): Promise<Act> {
  const sealed = randomUUID()
  await ctx.tx(async (db) => {
    await getCase(ctx, db, caseId)
    await insertSealed(db, { id: sealed, caseId, box: ctx.seal({ name: o.name, contact: o.contact }) })
  })
  return { move: 'object', id: randomUUID(), sealed, text: o.text }
}

// Plain JSON without undefined keys: what is journalled must come back the same from the database.
function stripped(body: object): unknown {
  return JSON.parse(JSON.stringify(body))
}
