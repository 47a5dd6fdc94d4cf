import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { MapStyle } from '../../../src/places/base-map/rules/style-json.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import { hasWebGl } from '../../map/web-gl.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { DIRECTORY, useGet } from '../../shell/use-api.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useMapText } from '../map/texts.ts'
import { addHexLayers, SHADES, showHotspots, stepsOf } from './hex-layers.ts'
import type { Hotspots } from './queries.ts'
import { useHotspotsText } from './texts.ts'

type Props = { hotspots: Hotspots; look: { lng: number; lat: number } | undefined; onPick(cell: string): void }

/** The hexagons where they lie, clusters outlined and numbered; a click on one opens its cases. The list beside says the same. */
export function HexMap({ hotspots, look, onPick }: Props) {
  const t = useHotspotsText()
  const texts = useMapText()
  const { language } = useLanguage()
  const [map, setMap] = useState<MapLibre>()
  const [broken, setBroken] = useState(() => !hasWebGl())
  const style = useGet<MapStyle>('/tiles/style.json', DIRECTORY)
  const start = style.data?.metadata['qinba:bounds'] ?? undefined
  const latest = useRef(onPick)
  latest.current = onPick
  useEffect(() => {
    if (!map) return
    addHexLayers(map)
    const pick = (e: { features?: { properties: Record<string, unknown> }[] }) => {
      const cell = e.features?.[0]?.properties['cell']
      if (typeof cell === 'string') latest.current(cell)
    }
    map.on('click', 'hexes', pick)
    return () => void map.off('click', 'hexes', pick)
  }, [map])
  useEffect(() => void (map && showHotspots(map, hotspots)), [map, hotspots])
  useEffect(() => void (map && look && map.easeTo({ center: [look.lng, look.lat], zoom: 10 })), [map, look])
  if (broken) return <MessageBox title={t.noMap} text="" />
  return (
    <section className="hex-map" aria-label={t.map}>
      <Loaded query={style}>
        {(data) => (
          <MapCanvas
            key={language}
            {...{ style: data, start, locale: texts.mapKeys, onReady: setMap, onFail: () => setBroken(true) }}
          />
        )}
      </Loaded>
      <Key hotspots={hotspots} />
    </section>
  )
}

function Key({ hotspots }: { hotspots: Hotspots }) {
  const t = useHotspotsText()
  const steps = stepsOf(Math.max(1, ...hotspots.cells.map((cell) => cell.n)))
  return (
    <div className="hex-key small">
      <strong>{t.legend}</strong>
      <ul>
        {steps.map((step, at) => (
          <li key={step}>
            <svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true">
              <path d="M7 3.5h10L22 12l-5 8.5H7L2 12z" fill={SHADES[at]} stroke="#5a6b76" />
            </svg>{' '}
            {steps[at + 1] ? (steps[at + 1]! - 1 === step ? step : `${step}–${steps[at + 1]! - 1}`) : `${step}+`}
          </li>
        ))}
      </ul>
      <span>{t.ring(hotspots.rule.maxP)}</span>
    </div>
  )
}
