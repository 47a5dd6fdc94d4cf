import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Box, Position } from '../../../src/places/base-map/rules/box.ts'
import type { View } from '../../map/map-canvas.tsx'
import { addCaseLayers, colourBy, loadCases, showArea, showPoint } from './case-layers.ts'
import { type Picked, pickAt } from './picked.ts'
import { gatherSpots } from './spots.ts'
import type { ColourBy } from './use-map-filters.ts'

/** After this long away from the window the points are asked for anew. */
const STALE_MS = 60_000

type Drawn = {
  query: string
  by: ColourBy
  area: Position[] | undefined
  marked: Position | undefined
  here: Position | undefined
}

/** Keeps what is drawn on the map equal to what the page knows; says whether tiles failed, and how to ask again. */
export function useCaseMap(map: MapLibre | undefined, drawn: Drawn): { failed: boolean; reload(): void } {
  const { query, by, area, marked, here } = drawn
  const [failed, setFailed] = useState(false)
  const latest = useRef(drawn)
  latest.current = drawn
  useEffect(() => {
    if (!map) return
    addCaseLayers(map, latest.current)
    // Whoever listens silences MapLibre: what is no lost tile is told to the console, as it would do itself.
    const onError = (e: object) => {
      if ('sourceId' in e && e.sourceId === 'cases') setFailed(true)
      else console.error('error' in e ? e.error : e)
    }
    map.on('error', onError)
    const stop = gatherSpots(map)
    return () => {
      stop()
      map.off('error', onError)
    }
  }, [map])
  const reload = useRef(() => {})
  reload.current = () => {
    setFailed(false)
    if (map) loadCases(map, query)
  }
  useChanged(query, () => reload.current())
  useReloadOnReturn(() => reload.current())
  useEffect(() => void (map?.getLayer('cases') && colourBy(map, by)), [map, by])
  useEffect(() => void (map && showArea(map, area)), [map, area])
  useEffect(() => void (map && showPoint(map, 'marked', marked)), [map, marked])
  useEffect(() => void (map && showPoint(map, 'here', here)), [map, here])
  return { failed, reload: () => reload.current() }
}

function useChanged(value: string, changed: () => void): void {
  const before = useRef(value)
  useEffect(() => {
    if (before.current !== value) changed()
    before.current = value
  })
}

function useReloadOnReturn(reload: () => void): void {
  const act = useRef(reload)
  act.current = reload
  useEffect(() => {
    let left = Date.now()
    const onChange = () => {
      if (document.visibilityState === 'hidden') left = Date.now()
      else if (Date.now() - left > STALE_MS) act.current()
    }
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [])
}

/** The box that the map shows, told a moment after it came to rest. */
export function useViewBox(map: MapLibre | undefined, keep: (view: View) => void): Box | undefined {
  const [box, setBox] = useState<Box>()
  const kept = useRef(keep)
  kept.current = keep
  useEffect(() => {
    if (!map) return setBox(undefined)
    const tell = () => setBox(boxOf(map))
    let timer: ReturnType<typeof setTimeout> | undefined
    const onMove = () => {
      if (matchMedia('print').matches) return // paper has another width; the list stays what was on the screen
      clearTimeout(timer)
      timer = setTimeout(() => {
        tell()
        const { lng, lat } = map.getCenter()
        kept.current({ center: [lng, lat], zoom: map.getZoom() })
      }, 200)
    }
    tell()
    map.on('moveend', onMove)
    map.on('resize', onMove)
    return () => {
      clearTimeout(timer)
      map.off('moveend', onMove)
      map.off('resize', onMove)
    }
  }, [map])
  return box
}

function boxOf(map: MapLibre): Box {
  const bounds = map.getBounds()
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
}

/** Tells what is clicked, or what lies at the centre when Enter is pressed on the map. */
export function usePicking(map: MapLibre | undefined, o: { idle: boolean; onPick(picked: Picked): void }): void {
  const latest = useRef(o)
  latest.current = o
  useEffect(() => {
    if (!map) return
    const pick = async (point: { x: number; y: number }) => {
      const picked = latest.current.idle ? await pickAt(map, point) : undefined
      if (picked) latest.current.onPick(picked)
    }
    const onClick = (e: { point: { x: number; y: number } }) => void pick(e.point)
    const onKey = (e: KeyboardEvent) => e.key === 'Enter' && void pick(map.project(map.getCenter()))
    map.on('click', onClick)
    map.getCanvas().addEventListener('keydown', onKey)
    return () => {
      map.off('click', onClick)
      map.getCanvas().removeEventListener('keydown', onKey)
    }
  }, [map])
}
