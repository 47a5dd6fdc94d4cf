import { createHash } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import type { Collection, Collections, Feature } from '../../base/ogc/collection.ts'
import { baseProblem } from '../../base/problem.ts'
import type { Layer } from '../layers/layer.ts'
import { listLayers } from '../layers/store.ts'
import { LAYER_KIND_LABELS } from '../rules/layer-kinds.ts'
import { AREA_QUERYABLES, LAYER_QUERYABLES } from './queryables.ts'
import {
  type AreaRow,
  findArea,
  findCityBox,
  findLayerFeature,
  type LayerRow,
  pageOfAreas,
  pageOfLayer,
} from './store-features.ts'

/** Divisions from the city down to the villages; counties with their boundaries. */
const DIVISIONS: Collection = {
  id: 'divisions',
  title: { zh: '行政区划', en: 'Divisions' },
  description: {
    zh: '市、县区、乡镇、村；县区带边界，其余没有图形。',
    en: 'The city, its counties, towns and villages; counties with their boundaries.',
  },
  geometry: 'Polygon',
  queryables: AREA_QUERYABLES,
  extent: (ctx) => ctx.tx((db) => findCityBox(db, ctx.actor.tenant)),
  page: async (ctx, asked) => {
    const { rows, matched } = await ctx.tx((db) => pageOfAreas(db, ctx.actor.tenant, asked))
    const shown = rows.slice(0, asked.limit)
    return { features: shown.map(areaFeature), next: rows.length > asked.limit ? shown.at(-1)!.code : null, matched }
  },
  find: async (ctx, id) => {
    const row = await ctx.tx((db) => findArea(db, ctx.actor.tenant, id))
    return row && areaFeature(row)
  },
}

/** What this context shows at /ogc: the divisions, and the layers that an operator has loaded. */
export const collections: Collections[] = [
  { permission: 'signed-in', has: (id) => id === DIVISIONS.id, list: async () => [DIVISIONS] },
  {
    permission: 'signed-in',
    has: (id) => /^layer-[0-9a-f]{12}$/.test(id),
    list: async (ctx: Ctx) =>
      (await ctx.tx((db) => listLayers(db, { history: false })))
        .filter((layer) => layer.current && layer.kind !== 'elevation')
        .map(layerCollection),
  },
]

// By its name, so that an address stays the same when a new version is loaded.
const idOf = (name: string) => `layer-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`

function layerCollection(layer: Layer): Collection {
  const kind = LAYER_KIND_LABELS[layer.kind]
  const said = [layer.source, layer.date].filter(Boolean).join(' ')
  return {
    id: idOf(layer.name),
    title: { zh: layer.name, en: layer.name },
    description: { zh: `${kind.zh} ${said}`.trim(), en: `${kind.en} ${said}`.trim() },
    geometry: 'any',
    queryables: LAYER_QUERYABLES,
    extent: async () => layer.bbox ?? undefined,
    page: async (ctx, asked) => {
      const rows = await ctx.tx((db) => pageOfLayer(db, layer.id, { ...asked, from: placeIn(asked.after) }))
      const shown = rows.slice(0, asked.limit)
      const isWhole = asked.equals !== undefined && Object.keys(asked.equals).length === 0
      return {
        features: shown.map(layerFeature),
        next: rows.length > asked.limit ? String(shown.at(-1)!.n) : null,
        ...(isWhole && { matched: layer.features }),
      }
    },
    find: async (ctx, id) => {
      const row = /^\d{1,9}$/.test(id) ? await ctx.tx((db) => findLayerFeature(db, layer.id, Number(id))) : undefined
      return row && layerFeature(row)
    },
  }
}

function placeIn(after: string | undefined): number {
  if (after !== undefined && !/^\d{1,9}$/.test(after))
    throw baseProblem('malformed', { where: 'query.after', found: after.slice(0, 60) })
  return after === undefined ? -1 : Number(after)
}

const areaFeature = ({ geometry, ...area }: AreaRow): Feature => ({ id: area.code, geometry, properties: { ...area } })

function layerFeature({ n, geometry, attributes, ...own }: LayerRow): Feature {
  return { id: n, geometry, properties: { ...attributes, ...own } }
}
