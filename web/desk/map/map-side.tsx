import type { UseQueryResult } from '@tanstack/react-query'
import { Radio } from 'antd'
import type { Map as MapLibre } from 'maplibre-gl'
import { type ReactNode, useState } from 'react'
import type { Box, Position } from '../../../src/places/base-map/rules/box.ts'
import type { MapStyle } from '../../../src/places/base-map/rules/style-json.ts'
import { darkened } from '../../map/dark-style.ts'
import type { DrawMode } from '../../map/draw.ts'
import { MapCanvas, type View } from '../../map/map-canvas.tsx'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useLook } from '../../shell/look.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { useOnline } from '../../ui/use-online.ts'
import { AreaPanel } from './area-panel.tsx'
import { LayersPanel } from './layers-panel.tsx'
import { Legend } from './legend.tsx'
import { MapTools } from './map-tools.tsx'
import type { Picked } from './picked.ts'
import { HoverLabel, Readout } from './readout.tsx'
import { useMapText } from './texts.ts'
import { usePicking } from './use-case-map.ts'
import { useDrawing } from './use-drawing.ts'
import { useLayers } from './use-layers.ts'
import type { ColourBy, MapFilters } from './use-map-filters.ts'
import type { Remembered } from './use-remembered.ts'

type Props = {
  map: MapLibre | undefined
  style: UseQueryResult<MapStyle>
  broken: boolean
  by: ColourBy
  remembered: Remembered
  /** Where it looked when it was left, or the box of an area that came with the address. */
  start: View | Box | undefined
  remember(change: Remembered): void
  tiles: { failed: boolean; reload(): void }
  bounds: Box | undefined
  area: MapFilters['area']
  view: Box | undefined
  setMap(map: MapLibre | undefined): void
  fail(): void
  goTo(box: Box): void
  wholeCity: (() => void) | undefined
  colourBy(by: ColourBy): void
  narrow(ring: Position[] | undefined): void
  narrowToBox(box: Box): void
  pick(picked: Picked): void
  printed: ReactNode
}

/** The map with its tools, its legend and what it says about itself. */
export function MapSide(props: Props) {
  const { map, style, broken, area, narrow } = props
  const t = useMapText()
  const { language } = useLanguage()
  const { onScreen } = useLook()
  const [open, setOpen] = useState<'area' | 'layers'>()
  const drawing = useDrawing(map, narrow)
  usePicking(map, { idle: drawing.mode === undefined, onPick: props.pick })
  const layers = useLayers(map, { ...props, groups: style.data?.metadata['qinba:groups'] ?? [] })
  const draw = (mode: DrawMode) => {
    setOpen(undefined)
    drawing.start(mode)
  }
  const counties = style.data?.metadata['qinba:counties'] ?? []
  return (
    <section className="map-side" aria-label={t.title}>
      <a className="skip-link" href="#in-view">
        {t.skip}
      </a>
      <MapTools open={open} toggle={setOpen} narrowed={area !== undefined} wholeCity={props.wholeCity} withLayers={!broken}>
        {open === 'area' && (
          <AreaPanel
            draw={map && draw}
            clear={area && (() => narrow(undefined))}
            {...{ view: props.view, counties, goTo: props.goTo, apply: props.narrowToBox }}
          />
        )}
        {open === 'layers' && <LayersPanel {...layers} />}
      </MapTools>
      <div className="map-frame">
        {broken ? (
          <MessageBox alert title={t.noWebGlTitle} text={t.noWebGlText} />
        ) : (
          <Loaded query={style}>
            {(data) => (
              <MapCanvas
                key={`${language} ${onScreen}`}
                {...{
                  style: onScreen === 'dark' ? darkened(data) : data,
                  start: props.start ?? props.bounds,
                  locale: t.mapKeys,
                  onReady: props.setMap,
                  onFail: props.fail,
                }}
              />
            )}
          </Loaded>
        )}
        {props.printed}
        {!broken && <OnMap {...props} told={drawing.told} />}
      </div>
    </section>
  )
}

function OnMap({ map, by, colourBy, tiles, told }: Props & { told: string | undefined }) {
  const t = useMapText()
  const online = useOnline()
  return (
    <>
      <HoverLabel map={map} />
      <div className="map-cross" aria-hidden="true" />
      <div className="map-says" role="status">
        {!map && <p>{t.loadingMap}</p>}
        {told && <p>{told}</p>}
        {!online && <p>{t.offline}</p>}
        {online && tiles.failed && (
          <p>
            {t.tilesFailed}{' '}
            <button type="button" className="link-button" onClick={tiles.reload}>
              ↻
            </button>
          </p>
        )}
      </div>
      <div className="map-key">
        <Radio.Group
          size="small"
          optionType="button"
          aria-label={t.by.label}
          value={by}
          onChange={(e) => colourBy(e.target.value as ColourBy)}
          options={[
            { value: 'colour', label: t.by.colour },
            { value: 'state', label: t.by.state },
          ]}
        />
        <Legend by={by} />
      </div>
      <Readout map={map} />
    </>
  )
}
