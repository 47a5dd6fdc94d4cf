import type { Db } from '../base/db.ts'
import { say } from '../base/problem.ts'
import { can, findHolders, type Holder } from '../people/index.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { getCase } from './move.ts'
import type { Case } from './rules/case.ts'
import { type NextMove, nextOf, type Turn } from './rules/next.ts'
import { refusalText } from './rules/refusal-text.ts'

/** 下一步: who has the turn and who after that, with the names of the holders where the directory may be read; two statements. */
export async function showNext(ctx: StaffCtx, id: string, language: 'zh' | 'en') {
  const { by: _, ...env } = envOf(ctx)
  return ctx.tx(async (db) => {
    const { case: c } = await getCase(ctx, db, id)
    const moves = nextOf(c, env)
    const holders = can(ctx.actor, 'directory.read') ? await holdersFor(db, c, moves) : []
    return { moves: moves.map((move) => told(move, { c, holders, language })) }
  })
}

function told(next: NextMove, o: { c: Case; holders: Holder[]; language: 'zh' | 'en' }) {
  const lacks = next.lacks.map(({ gate, why }) => ({ gate, text: say(refusalText(why), why.params, o.language) }))
  const by = next.by.map((turn) => ({ ...turn, holders: o.holders.filter((holder) => isIts(turn, holder, o.c)).map(nameOf) }))
  return { ...next, lacks, by }
}

async function holdersFor(db: Db, c: Case, moves: readonly NextMove[]): Promise<Holder[]> {
  const turns = moves.filter(({ waits }) => waits === 'now').flatMap(({ by }) => by)
  if (turns.length === 0) return []
  const orgs = turns.flatMap((turn) => turn.orgs.map((org) => org.id))
  return findHolders(db, { roles: [...new Set(turns.map(({ role }) => role))], orgs, areas: areasOf(c), most: 60 })
}

const areasOf = (c: Case) => {
  const { region, town, village } = c.place
  return [`${String(c.tenant).slice(0, 4)}00`, region, town, village].filter((code) => code !== undefined)
}

// Whoever is tied by an organisation is named only where one is; the others by their division.
function isIts(turn: Turn, holder: Holder, c: Case): boolean {
  if (holder.role !== turn.role) return false
  if (turn.orgs.length > 0) return turn.orgs.some((org) => org.id === holder.org)
  return turn.bond !== 'rectifier' && turn.bond !== 'contributor' && areasOf(c).includes(holder.area)
}

const nameOf = ({ name, title, orgName, standIn }: Holder) => ({ name, title, orgName, standIn })
