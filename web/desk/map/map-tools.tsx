import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useMapText } from './texts.ts'

type Panel = 'area' | 'layers'
type Props = {
  open: Panel | undefined
  toggle(panel: Panel | undefined): void
  narrowed: boolean
  wholeCity: (() => void) | undefined
  withLayers: boolean
  children: ReactNode
}

/** The buttons above the map; what one of them opens lies over the map and closes with Escape. */
export function MapTools({ open, toggle, narrowed, wholeCity, withLayers, children }: Props) {
  const t = useMapText()
  const id = useId()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const onKey = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented) return
      bar.current?.querySelector<HTMLElement>(`[data-panel="${open}"]`)?.focus()
      toggle(undefined)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [open, toggle])
  const button = (panel: Panel, label: string) => (
    <button
      type="button"
      className="map-tool"
      data-panel={panel}
      aria-expanded={open === panel}
      aria-controls={id}
      onClick={() => toggle(open === panel ? undefined : panel)}
    >
      {label}
    </button>
  )
  return (
    <div ref={bar} className="map-tools">
      {button('area', narrowed ? t.areaOn : t.area)}
      {withLayers && button('layers', t.layers)}
      {wholeCity && (
        <button type="button" className="map-tool" onClick={wholeCity}>
          {t.wholeCity}
        </button>
      )}
      <div id={id} className="map-panel" hidden={!open}>
        {children}
      </div>
    </div>
  )
}
