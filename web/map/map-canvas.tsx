import './map.css'
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl'
import { useEffect, useRef } from 'react'

/** Where a map looks. */
export type View = { center: [number, number]; zoom: number }
export type Box = [west: number, south: number, east: number, north: number]

type Props = {
  style: object
  /** Where it looks at first, or the box that it shows. */
  start: View | Box | undefined
  /** Texts of its own buttons, by MapLibre's keys. */
  locale: Record<string, string>
  onReady(map: MapLibre | undefined): void
  /** The map cannot be drawn here. */
  onFail(error: unknown): void
}

/** A MapLibre map that fills its parent for as long as it is mounted; its style and texts are those of its first moment. */
export function MapCanvas(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  const first = useRef(props)
  useEffect(() => {
    const { onReady, onFail } = first.current
    const opening = open(box.current!, first.current)
    let left = false
    opening.then((map) => {
      if (left) return
      Object.assign(box.current!, { map }) // for the browser's console and for tests
      const tell = () => !left && onReady(map)
      if (map.isStyleLoaded()) tell()
      else map.once('load', tell)
    }, onFail)
    return () => {
      left = true
      onReady(undefined)
      opening.then((map) => map.remove()).catch(() => {})
    }
  }, [])
  return <div ref={box} className="map-canvas" />
}

async function open(container: HTMLElement, { style, start, locale }: Props): Promise<MapLibre> {
  const { createMap } = await import('./engine.ts')
  const narrow = matchMedia('(width < 900px) and (pointer: coarse)').matches
  return createMap({
    ...{ container, style: style as StyleSpecification, locale, withFiles: JSON.stringify(style).includes('"pmtiles:') },
    ...{ minZoom: 5, maxZoom: DEEPEST, cooperativeGestures: narrow },
    ...(Array.isArray(start) ? { bounds: start, fitBoundsOptions: { padding: PADDING } } : start),
  })
}

/** As near as a map can be looked at. */
export const DEEPEST = 18
/** Free space round what a map is fitted to, in pixels. */
export const PADDING = 24
