import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { featuresNear, type Spot } from './picked.ts'
import { useMapText } from './texts.ts'

/** Where the pointer is, in WGS 84 degrees; written past React, since it changes with every movement. */
export function Readout({ map }: { map: MapLibre | undefined }) {
  const t = useMapText()
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const tell = ({ lngLat: { lng, lat } }: { lngLat: { lng: number; lat: number } }) => {
      if (text.current) text.current.textContent = `${lng.toFixed(5)}, ${lat.toFixed(5)}`
    }
    map?.on('mousemove', tell)
    return () => void map?.off('mousemove', tell)
  }, [map])
  return (
    <p className="map-readout">
      <span className="map-north" title={t.northUp}>
        <svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true">
          <path d="M6 0l5 15-5-3.4L1 15z" fill="currentColor" />
        </svg>
        {t.north}
      </span>
      <span className="map-pointer">
        WGS 84 <span ref={text} className="number" />
      </span>
    </p>
  )
}

/** The title of the case under the pointer. The list says the same to those who have none. */
export function HoverLabel({ map }: { map: MapLibre | undefined }) {
  const label = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!map) return
    const tell = ({ point }: { point: { x: number; y: number } }) => {
      const [top] = map.isMoving() ? [] : featuresNear(map, point)
      map.getCanvas().style.cursor = top ? 'pointer' : ''
      if (!label.current) return
      label.current.textContent = top?.layer.id === 'cases' ? (top.properties as unknown as Spot).title : ''
      label.current.style.transform = `translate(${point.x + 12}px, ${point.y + 12}px)`
    }
    const clear = () => {
      if (label.current) label.current.textContent = ''
    }
    map.on('mousemove', tell)
    map.on('mouseout', clear)
    map.on('movestart', clear)
    return () => {
      map.off('mousemove', tell)
      map.off('mouseout', clear)
      map.off('movestart', clear)
    }
  }, [map])
  return <div ref={label} className="map-hover" aria-hidden="true" />
}
