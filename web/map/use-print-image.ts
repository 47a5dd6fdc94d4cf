import type { Map as MapLibre } from 'maplibre-gl'
import { type RefObject, useCallback, useEffect, useRef } from 'react'

/** A picture of the map for paper, where a canvas comes out blank or cut: made when printing begins, by our button or the browser's own. */
export function usePrintImage(map: MapLibre | undefined): { image: RefObject<HTMLImageElement | null>; print(): void } {
  const image = useRef<HTMLImageElement>(null)
  const take = useCallback(() => {
    if (!map || !image.current) return
    map.redraw() // the canvas holds its pixels only until the end of the task that drew them
    image.current.src = map.getCanvas().toDataURL('image/png')
  }, [map])
  useEffect(() => {
    window.addEventListener('beforeprint', take)
    return () => window.removeEventListener('beforeprint', take)
  }, [take])
  const print = useCallback(async () => {
    take()
    await image.current?.decode().catch(() => {})
    window.print()
  }, [take])
  return { image, print }
}
