import type { Geometry } from 'geojson'
import { type Refusal, refuse } from '../../../base/rules/refusal.ts'
import type { RawFeature, RawLayer } from './feature.ts'

/** Reads a GeoJSON text: a FeatureCollection, one Feature, or a bare geometry; with the `crs` member of the older standard. */
export function readGeoJson(bytes: Buffer): RawLayer | Refusal {
  const parsed = parseJson(bytes)
  if (typeof parsed !== 'object' || parsed === null) return unreadable('not a JSON object')
  const root = parsed as Record<string, unknown>
  const features = featuresOf(root)
  if (!features) return unreadable(`type ${JSON.stringify(root['type'] ?? null).slice(0, 40)}`)
  const crs = crsOf(root['crs'])
  return { format: 'geojson', features: () => features, count: features.length, ...(crs && { crs }), warnings: [] }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function featuresOf(root: Record<string, unknown>): RawFeature[] | undefined {
  if (root['type'] === 'FeatureCollection' && Array.isArray(root['features'])) return root['features'].map(featureOf)
  if (root['type'] === 'Feature') return [featureOf(root)]
  return typeof root['type'] === 'string' && ('coordinates' in root || 'geometries' in root)
    ? [{ geometry: root as unknown as Geometry, properties: {} }]
    : undefined
}

function featureOf(value: unknown): RawFeature {
  const { geometry, properties } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return {
    geometry: typeof geometry === 'object' && geometry !== null ? (geometry as Geometry) : null,
    properties: typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {},
  }
}

// `crs: null` says that the system is unknown; a link cannot be followed. Both leave the numbers to speak for themselves.
function crsOf(crs: unknown): { name: string } | undefined {
  const name = (crs as { properties?: { name?: unknown } } | null | undefined)?.properties?.name
  return typeof name === 'string' ? { name } : undefined
}

function unreadable(found: string): Refusal {
  return refuse('invalid', 'places/layer-unreadable', { format: 'GeoJSON', found })
}
