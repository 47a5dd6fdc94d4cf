import type { Language, Text } from '../problem.ts'
import type { Collection, Queryable } from './collection.ts'
import { GEOJSON, HTML, JSON_TYPE, type Link, OPENAPI, SCHEMA } from './links.ts'
import { type Box, CRS84, SYSTEMS } from './rules/crs.ts'

const FEATURES = 'http://www.opengis.net/spec/ogcapi-features'
const CQL2 = 'http://www.opengis.net/spec/cql2/1.0/conf'

/** What is kept to: Part 1, Part 2, and of Part 3 the text filter with what its tests hold. */
export const CONFORMS_TO = [
  `${FEATURES}-1/1.0/conf/core`,
  `${FEATURES}-1/1.0/conf/oas30`,
  `${FEATURES}-1/1.0/conf/html`,
  `${FEATURES}-1/1.0/conf/geojson`,
  `${FEATURES}-2/1.0/conf/crs`,
  `${FEATURES}-3/1.0/conf/queryables`,
  `${FEATURES}-3/1.0/conf/queryables-query-parameters`,
  `${FEATURES}-3/1.0/conf/filter`,
  `${FEATURES}-3/1.0/conf/features-filter`,
  `${CQL2}/cql2-text`,
  `${CQL2}/basic-cql2`,
  `${CQL2}/advanced-comparison-operators`,
  `${CQL2}/basic-spatial-functions`,
]

export const TITLE: Text = { zh: '秦巴卫士开放数据接口（OGC API – Features）', en: 'Qinba Guardian, OGC API – Features' }
const ABOUT: Text = {
  zh: '供 QGIS、ArcGIS、GDAL 等程序读取；没有账号只看到已公开的内容，登录后看到本岗位可读的全部。',
  en: 'For QGIS, ArcGIS, GDAL and the like: without an account what is public, signed in what your post may read.',
}

/** The landing page. */
export function landing(root: string, language: Language): { title: string; description: string; links: Link[] } {
  const link = (path: string, rel: string, type: string): Link => ({ href: `${root}${path}`, rel, type })
  return {
    title: TITLE[language],
    description: ABOUT[language],
    links: [
      link('/api', 'service-desc', OPENAPI),
      link('/api?f=html', 'service-doc', HTML),
      link('/conformance', 'conformance', JSON_TYPE),
      link('/collections', 'data', JSON_TYPE),
    ],
  }
}

/** One collection as it is described. */
export function describe(c: Collection, o: { root: string; language: Language; box: Box | undefined }) {
  const href = `${o.root}/collections/${encodeURIComponent(c.id)}`
  return {
    id: c.id,
    title: c.title[o.language],
    description: c.description[o.language],
    itemType: 'feature',
    crs: SYSTEMS.map((crs) => crs.uri),
    storageCrs: CRS84,
    ...(o.box && { extent: { spatial: { bbox: [o.box], crs: CRS84 } } }),
    links: [
      { href, rel: 'collection', type: JSON_TYPE },
      { href: `${href}/items`, rel: 'items', type: GEOJSON, title: c.title[o.language] },
      { href: `${href}/items?f=html`, rel: 'items', type: HTML, title: c.title[o.language] },
      { href: `${href}/queryables`, rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables', type: SCHEMA },
    ] satisfies Link[],
  }
}

/** What a collection may be asked for, as a JSON Schema. */
export function queryables(c: Collection, o: { root: string; language: Language }) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${o.root}/collections/${encodeURIComponent(c.id)}/queryables`,
    type: 'object',
    title: c.title[o.language],
    properties: Object.fromEntries(c.queryables.map((q) => [q.name, { title: q.title[o.language], ...schemaOf(q, c) }])),
    additionalProperties: false,
  }
}

/** A queryable as a schema. */
export function schemaOf({ kind, words }: Queryable, c: Pick<Collection, 'geometry'>): object {
  if (kind === 'geometry') return { $ref: `https://geojson.org/schema/${c.geometry === 'Point' ? 'Point' : 'Geometry'}.json` }
  if (kind === 'number') return { type: 'number' }
  if (kind === 'yes-no') return { type: 'boolean' }
  return { type: 'string', ...(kind === 'day' && { format: 'date' }), ...(words && { enum: words }) }
}
