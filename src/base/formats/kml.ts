import type { GeoFeed, GeoRow, Pieces } from './table.ts'
import { xmlText } from './xml.ts'

/** The layer as KML 2.2, each feature in the colour of its style. */
export async function* kmlPieces(feed: GeoFeed): Pieces {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xmlText(feed.title)}</name>\n`
  yield Object.entries(feed.styles).map(styleXml).join('')
  for await (const batch of feed.rows) yield batch.map((row) => placemark(row, feed)).join('')
  yield '</Document></kml>\n'
}

// KML writes a colour as alpha, blue, green, red.
function styleXml([name, rgb]: [string, string]): string {
  const colour = `ff${rgb.slice(4, 6)}${rgb.slice(2, 4)}${rgb.slice(0, 2)}`
  return `<Style id="${xmlText(name)}"><IconStyle><color>${colour}</color><scale>0.9</scale><Icon><href>http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png</href></Icon></IconStyle></Style>\n`
}

function placemark({ id, name, point, style, values }: GeoRow, { fields }: GeoFeed): string {
  const data = fields
    .map(({ name: key, title }, i) => [key, title, values[i]] as const)
    .filter(([, , value]) => value !== null && value !== undefined && value !== '')
    .map(([key, title, value]) => {
      const named = `<Data name="${xmlText(key)}"><displayName>${xmlText(title)}</displayName>`
      return `${named}<value>${xmlText(String(value))}</value></Data>`
    })
  const place = point ? `<Point><coordinates>${point.lng},${point.lat}</coordinates></Point>` : ''
  return `<Placemark id="c-${xmlText(id)}"><name>${xmlText(name)}</name><styleUrl>#${xmlText(style)}</styleUrl><ExtendedData>${data.join('')}</ExtendedData>${place}</Placemark>\n`
}
