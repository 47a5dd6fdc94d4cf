import type { GeoFeed, GeoRow, Pieces } from './table.ts'

/** The layer as GeoJSON (RFC 7946), a feature on each line, so that a reader of lines can take it piece by piece too. */
export async function* geoJsonPieces({ fields, rows }: GeoFeed): Pieces {
  const names = fields.map(({ name }) => name)
  yield '{"type":"FeatureCollection","features":[\n'
  let first = true
  for await (const batch of rows) {
    if (batch.length === 0) continue
    yield `${first ? '' : ',\n'}${batch.map((row) => JSON.stringify(featureOf(row, names))).join(',\n')}`
    first = false
  }
  yield '\n]}\n'
}

function featureOf({ id, point, values }: GeoRow, names: readonly string[]): object {
  const geometry = point ? { type: 'Point', coordinates: [point.lng, point.lat] } : null
  return { type: 'Feature', id, geometry, properties: Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])) }
}
