import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { MOST_VERTICES, type Position } from '../../../src/places/base-map/rules/box.ts'
import type { Drawing, DrawMode } from '../../map/draw.ts'
import { useMapText } from './texts.ts'

/** Lets the user draw one area on the map: which kind is being drawn, and what to tell about it. */
export function useDrawing(map: MapLibre | undefined, onDone: (ring: Position[]) => void) {
  const t = useMapText()
  const [mode, setMode] = useState<DrawMode>()
  const [tooMany, setTooMany] = useState(false)
  const drawing = useRef<Drawing>(undefined)
  const stop = () => {
    drawing.current?.cancel()
    drawing.current = undefined
    setMode(undefined)
  }
  const start = async (chosen: DrawMode) => {
    stop()
    setTooMany(false)
    setMode(chosen)
    const { drawShape } = await import('../../map/draw.ts')
    if (!map) return
    map.getCanvas().focus()
    drawing.current = drawShape(map, chosen, (ring) => {
      stop()
      setTooMany(ring.length > MOST_VERTICES)
      if (ring.length <= MOST_VERTICES) onDone(ring)
    })
  }
  const latest = useRef(stop)
  latest.current = stop
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => e.key === 'Escape' && latest.current()
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => () => latest.current(), [map])
  return { mode, start, told: mode ? t.drawing[mode] : tooMany ? t.tooMany : undefined }
}
