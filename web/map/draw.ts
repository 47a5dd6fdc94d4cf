import type { Map as MapLibre } from 'maplibre-gl'
import { TerraDraw, TerraDrawPolygonMode, TerraDrawRectangleMode, ValidateNotSelfIntersecting } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'

export type DrawMode = 'rectangle' | 'polygon'
export type Ring = [lng: number, lat: number][]

/** A shape that somebody is drawing; `cancel` leaves the map as it was. */
export type Drawing = { cancel(): void }

/** Lets the user draw one shape; `onDone` gets its ring once, then the shape is gone from the map. Escape begins it anew. */
export function drawShape(map: MapLibre, mode: DrawMode, onDone: (ring: Ring) => void): Drawing {
  const styles = { fillColor: '#12576b', fillOpacity: 0.12, outlineColor: '#12576b', outlineWidth: 2 } as const
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [
      new TerraDrawRectangleMode({ styles, drawInteraction: 'click-move-or-drag' }),
      new TerraDrawPolygonMode({ styles, validation: ValidateNotSelfIntersecting }),
    ],
  })
  let over = false
  const cancel = () => {
    if (over) return
    over = true
    draw.stop()
  }
  const finish = (ring: Ring) => {
    cancel()
    onDone(ring)
  }
  draw.on('finish', (id) => {
    const shape = draw.getSnapshotFeature(id)?.geometry
    // The library is still at its event: it is stopped after it.
    if (shape?.type === 'Polygon') setTimeout(() => finish(shape.coordinates[0] as Ring))
  })
  draw.start()
  draw.setMode(mode)
  return { cancel }
}
