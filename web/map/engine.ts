import 'maplibre-gl/dist/maplibre-gl.css'
import {
  AttributionControl,
  addProtocol,
  Map as MapLibre,
  type MapOptions,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'

/** What a page says to have a map: MapLibre's own options, and the way to read `pmtiles:` addresses where its style has some. */
export type EngineOptions = MapOptions & { withFiles: boolean }

/** Makes a map that lies flat with north up, with zoom buttons, a scale, and who made the data. Throws where WebGL 2 is missing. */
export async function createMap({ withFiles, ...options }: EngineOptions): Promise<MapLibre> {
  setWorkerUrl(workerUrl) // a file of our own origin; without it the map stays blank under a strict content policy
  if (withFiles) await readFiles()
  const map = new MapLibre({
    ...{ dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false, maxPitch: 0 },
    ...{ attributionControl: false, fadeDuration: 0, refreshExpiredTiles: false, renderWorldCopies: false },
    // Addresses of a style are written without a host: they mean ours, and a worker needs them whole.
    transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
    ...options,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 110 }), 'bottom-left')
  map.addControl(new AttributionControl({ compact: true }), 'bottom-right')
  if (isNarrow())
    map.once('idle', () =>
      map.getContainer().querySelector('.maplibregl-compact-show')?.classList.remove('maplibregl-compact-show'),
    )
  return map
}

// On a phone the sources would cover what stands beside them; they are one tap away.
const isNarrow = () => matchMedia('(width < 900px)').matches

let filesRead = false

async function readFiles(): Promise<void> {
  if (filesRead) return
  const { Protocol } = await import('pmtiles')
  addProtocol('pmtiles', new Protocol().tile)
  filesRead = true
}
