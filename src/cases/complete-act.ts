import { listOrganisations } from '../people/index.ts'
import type { MoveBody } from './act-schema.ts'
import type { StaffCtx } from './ctx.ts'
import { problem } from './problems.ts'
import type { Act } from './rules/act.ts'

/** Puts in what the client does not get to say: organisations are sent by id, and their names come from the directory. */
export async function completeAct(ctx: StaffCtx, body: MoveBody): Promise<Act> {
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

// Plain JSON without undefined keys: what is journalled must come back the same from the database.
function stripped(body: object): unknown {
  return JSON.parse(JSON.stringify(body))
}
