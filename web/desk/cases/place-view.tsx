import '../map/map-page.css'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { useEffect, useMemo, useState } from 'react'
import type { EvidenceItem, Point } from '../../../src/cases/rules/case.ts'
import type { MapStyle } from '../../../src/places/base-map/rules/style-json.ts'
import { distanceM } from '../../../src/places/rules/locate.ts'
import { darkened } from '../../map/dark-style.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import { usePrintImage } from '../../map/use-print-image.ts'
import { hasWebGl } from '../../map/web-gl.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useLook } from '../../shell/look.tsx'
import { DIRECTORY, useGet } from '../../shell/use-api.ts'
import { Facts } from '../../ui/facts.tsx'
import { LayersPanel } from '../map/layers-panel.tsx'
import { kindName } from '../map/operator-layers.ts'
import { useMapText } from '../map/texts.ts'
import { useLayers } from '../map/use-layers.ts'
import { useRemembered } from '../map/use-remembered.ts'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'

type Photo = EvidenceItem & { point: Point }
type Props = { c: Detail; point: Point }

/** Where a case lies: a small map with the layers that somebody switched on, and beside it the same in words. */
export function PlaceView({ c, point }: Props) {
  const t = useLanguage().t.casePage.place
  const [broken, setBroken] = useState(() => !hasWebGl())
  const photos = useMemo(() => c.evidence.filter((item): item is Photo => item.point !== undefined), [c.evidence])
  return (
    <div className="place-view">
      <div>
        {broken ? <p className="hint">{t.noWebGl}</p> : <SmallMap photos={photos} point={point} fail={() => setBroken(true)} />}
        {!broken && <p className="small muted">{t.legend(photos.length)}</p>}
      </div>
      <div className="stack">
        <Words c={c} point={point} />
        {photos.length > 0 && (
          <div>
            <h3>{t.photos}</h3>
            <ul className="small place-photos">
              {photos.map((photo) => (
                <li key={photo.id}>{t.photo(photo.name, Math.round(distanceM(point, photo.point)))}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  )
}

function SmallMap({ photos, point, fail }: { photos: readonly Photo[]; point: Point; fail(): void }) {
  const { language, t } = useLanguage()
  const words = useMapText()
  const { onScreen } = useLook()
  const style = useGet<MapStyle>('/tiles/style.json', DIRECTORY)
  const [map, setMap] = useState<MapLibre>()
  const [remembered, remember] = useRemembered()
  const layers = useLayers(map, { groups: style.data?.metadata['qinba:groups'] ?? [], remembered, remember })
  const { image } = usePrintImage(map)
  usePlaces(map, { photos, point })
  return (
    <>
      <div className="place-map">
        <Loaded query={style}>
          {(data) => (
            <MapCanvas
              key={`${language} ${onScreen}`}
              style={onScreen === 'dark' ? darkened(data) : data}
              start={{ center: [point.lng, point.lat], zoom: 15 }}
              locale={{ ...words.mapKeys, 'Map.Title': t.casePage.place.map }}
              onReady={setMap}
              onFail={fail}
            />
          )}
        </Loaded>
        <img ref={image} className="map-printed" alt="" />
      </div>
      <details className="place-layers">
        <summary>{t.casePage.place.layers}</summary>
        <LayersPanel {...layers} />
      </details>
    </>
  )
}

// The problem as a square, photos as dots: shapes tell them apart where colours do not.
function usePlaces(map: MapLibre | undefined, { photos, point }: { photos: readonly Photo[]; point: Point }): void {
  useEffect(() => {
    if (!map) return
    if (!map.getSource('place')) addPlaces(map)
    map.getSource<GeoJSONSource>('place')?.setData({
      type: 'FeatureCollection',
      features: [...photos.map((photo) => feature(photo.point, 'photo')), feature(point, 'case')],
    })
  }, [map, photos, point])
}

const feature = ({ lng, lat }: Point, kind: string) => ({
  type: 'Feature' as const,
  properties: { kind },
  geometry: { type: 'Point' as const, coordinates: [lng, lat] },
})

function addPlaces(map: MapLibre): void {
  map.addSource('place', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    ...{ id: 'place-photos', type: 'circle', source: 'place', filter: ['==', ['get', 'kind'], 'photo'] },
    paint: { 'circle-radius': 6, 'circle-color': '#f0b400', 'circle-stroke-color': '#1b2730', 'circle-stroke-width': 1.5 },
  })
  const size = 22
  const canvas = new OffscreenCanvas(size, size)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size, size)
  context.fillStyle = '#12576b'
  context.fillRect(3, 3, size - 6, size - 6)
  map.addImage('place-case', context.getImageData(0, 0, size, size))
  map.addLayer({
    ...{ id: 'place-case', type: 'symbol', source: 'place', filter: ['==', ['get', 'kind'], 'case'] },
    layout: { 'icon-image': 'place-case', 'icon-allow-overlap': true },
  })
}

type Found = {
  zone?: { zone: string; mayBeStricter: boolean }
  elevation?: { min: number } | null
  hits?: { n: number; name: string; kind: string; layer: { id: string; name: string } }[]
}

function Words({ c, point }: Props) {
  const { language, t } = useLanguage()
  const map = useMapText()
  const where = `lng=${point.lng.toFixed(6)}&lat=${point.lat.toFixed(6)}`
  const found = useGet<Found>(`/api/places/lookup?${where}`, DIRECTORY).data
  const zone = found?.zone?.zone
  const differs = zone !== undefined && zone !== 'unknown' && c.place.qinling !== undefined && zone !== c.place.qinling
  return (
    <Facts
      facts={[
        {
          label: map.coordinates,
          value: <span className="number">{`${point.lng.toFixed(5)}, ${point.lat.toFixed(5)}`}</span>,
          wide: true,
        },
        { label: t.casePage.place.zoneCase, value: nameOf('qinling', c.place.qinling, language), wide: true },
        {
          label: t.casePage.place.zoneFound,
          wide: true,
          value: zone && (
            <>
              {zone === 'unknown' ? map.zoneUnknown : nameOf('qinling', zone, language)}
              {found?.zone?.mayBeStricter && zone !== 'unknown' && <span className="muted small"> {map.mayBeStricter}</span>}{' '}
              {differs && <span className="mark mark-warn">{t.casePage.place.differs}</span>}
            </>
          ),
        },
        ...(found?.elevation ? [{ label: map.elevation, value: map.metres(Math.round(found.elevation.min)), wide: true }] : []),
        {
          label: map.layersHere,
          wide: true,
          value: found?.hits && (found.hits.length === 0 ? map.none : <Hits hits={found.hits} />),
        },
      ]}
    />
  )
}

function Hits({ hits }: { hits: NonNullable<Found['hits']> }) {
  const { language } = useLanguage()
  return hits.map((hit) => (
    <p key={`${hit.layer.id} ${hit.layer.name} ${hit.kind} ${hit.n}`}>
      {hit.name || hit.layer.name} <span className="muted small">{kindName(hit.kind, language)}</span>
    </p>
  ))
}
