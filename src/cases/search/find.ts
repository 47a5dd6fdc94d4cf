import type { Db } from '../../base/db.ts'
import { listOrganisations } from '../../people/index.ts'
import { listAreas } from '../../places/index.ts'
import type { StaffCtx } from '../ctx.ts'
import { canSee } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import { type KnownSight, seenBy, sightIn } from '../store-sight.ts'
import { casesOf } from '../work/store-turns.ts'
import { areaCodesOf, searchedFields } from './rules/facts.ts'
import { isNamed, pieceOf, RANKS, rankOf } from './rules/rank.ts'
import { soughtBy, squash } from './rules/words.ts'
import { findMatches, type Hit, hitsOfNumber, listHits, MOST_NAMED } from './store-search.ts'

const MOST_NAMES = 3
/** Of a word that very many cases have, the newest are ranked. */
const NEWEST = 100

/** 快速查找: the cases that answer a query best, and the organisations and divisions of that name. */
export async function quickSearch(ctx: StaffCtx, { q, limit }: { q: string; limit: number }) {
  const sought = soughtBy(q)
  if (!sought) return { cases: [], organisations: [], areas: [], more: false }
  return ctx.tx(async (db) => {
    const sight = await sightIn(ctx, db)
    const matches = sight.cases ? 'many' : await findMatches(db, sought)
    const hits = await hitsFor(db, { q, sight, matches })
    const best = ranked(q, hits).slice(0, limit)
    const areas = await listAreas(db, ctx.actor.tenant, {})
    return {
      cases: await rowsOf(ctx, db, { q, best, names: new Map(areas.map(({ code, name }) => [code, name])) }),
      organisations: (await listOrganisations(db)).filter(({ name }) => isNamed(q, name)).slice(0, MOST_NAMES),
      areas: areas.filter(({ name }) => isNamed(q, name)).slice(0, MOST_NAMES),
      more: hits.length > limit,
    }
  })
}

type Asked = { q: string; sight: KnownSight; matches: Awaited<ReturnType<typeof findMatches>> }

async function hitsFor(db: Db, { q, sight, matches }: Asked): Promise<Hit[]> {
  const seen = seenBy(sight)
  const most = matches === 'many' ? NEWEST : MOST_NAMED
  const hits = await listHits(db, { query: q, matches, most, seen })
  const exact = hits.length < most ? [] : await hitsOfNumber(db, q.trim().toUpperCase(), seen) // it may be older than the newest
  return [...exact.filter(({ id }) => !hits.some((hit) => hit.id === id)), ...hits]
}

// Within a rank they stay as they came: newest first.
function ranked(q: string, hits: Hit[]): Hit[] {
  const byRank = Map.groupBy(hits, (hit) => rankOf(q, hit))
  return RANKS.flatMap((rank) => byRank.get(rank) ?? [])
}

async function rowsOf(ctx: StaffCtx, db: Db, o: { q: string; best: Hit[]; names: Map<string, string> }) {
  const cases = await casesOf(
    db,
    o.best.map(({ id }) => id),
  )
  return o.best.flatMap(({ id }) => {
    const found = cases.get(id)
    if (!found || (ctx.policy && !canSee(ctx.actor, found.case))) return []
    const { no, title, state, reportedOn, place } = found.case
    const piece = pieceOf(o.q, piecesFrom(found.case, o.names))
    return {
      ...{ id, no, title, state, reportedOn, colour: found.colour, place: placeName(place, o.names) },
      ...(piece ? { piece } : {}),
    }
  })
}

// The title is shown anyway: where the words stand elsewhere too, that says more.
function piecesFrom(c: Case, names: Map<string, string>): string[] {
  const fields = searchedFields(c, names)
  return [...fields.filter((field) => squash(field) !== squash(c.title)), c.title]
}

function placeName(place: Case['place'], names: Map<string, string>): string {
  return areaCodesOf({ place })
    .flatMap((code) => names.get(code) ?? [])
    .join(' ')
}
