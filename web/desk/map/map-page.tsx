import '../lists.css'
import './map-page.css'
import { Button } from 'antd'
import type { Map as MapLibre } from 'maplibre-gl'
import { useCallback, useRef, useState } from 'react'
import { Link } from 'react-router'
import { areaText, type Box, boxAround, boxText, type Position, ringOfBox } from '../../../src/places/base-map/rules/box.ts'
import type { MapStyle } from '../../../src/places/base-map/rules/style-json.ts'
import { PADDING } from '../../map/map-canvas.tsx'
import { usePrintImage } from '../../map/use-print-image.ts'
import { hasWebGl } from '../../map/web-gl.ts'
import { useText } from '../../shell/language.tsx'
import { DIRECTORY, useGet } from '../../shell/use-api.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ListFilters } from '../cases/list-filters.tsx'
import { type Filters, useCases } from '../cases/queries.ts'
import { today } from '../cases/today.ts'
import { HereCard } from './here-card.tsx'
import { InViewList } from './in-view-list.tsx'
import { MapSide } from './map-side.tsx'
import { NarrowedBy } from './narrowed-by.tsx'
import type { Picked } from './picked.ts'
import { useMapText } from './texts.ts'
import { useCaseMap, useViewBox } from './use-case-map.ts'
import { queryOf, useMapFilters } from './use-map-filters.ts'
import { useRemembered } from './use-remembered.ts'

/** 地图: the problem list where it lies, and beside it always the list of what is in view. */
export function MapPage() {
  const t = useMapText()
  const shell = useText()
  const address = useMapFilters()
  const { filters, area, by, change, reset } = address
  const [remembered, remember] = useRemembered()
  const [map, setMap] = useState<MapLibre>()
  const [broken, setBroken] = useState(() => !hasWebGl())
  const [marked, setMarked] = useState<Position>()
  const seen = useRef(false) // another language makes another map, which looks where this one looked
  if (map) seen.current = true
  const [picked, setPicked] = useState<Picked>()
  const style = useGet<MapStyle>('/tiles/style.json', DIRECTORY)
  const view = useViewBox(map, (kept) => remember({ view: { ...kept, within: area?.text ?? '' } }))
  const narrowed = area ? { ...filters, within: area.text } : filters
  const list = useCases({ ...narrowed, ...(view && { bbox: boxText(view) }) }, { enabled: broken || view !== undefined })
  const query = queryOf(narrowed)
  const tiles = useCaseMap(map, { query, by, area: area?.ring, marked, here: picked?.at })
  const { image, print } = usePrintImage(map)
  useTitle(t.title, shell.product)
  const bounds = style.data?.metadata['qinba:bounds'] ?? undefined
  // Somebody else's link with an area shows that area; coming back to one's own shows what one saw.
  const [start] = useState(() =>
    remembered.view?.within === (area?.text ?? '') ? remembered.view : area && boxAround(area.ring),
  )
  const goTo = useCallback((box: Box) => void map?.fitBounds(box, { padding: PADDING }), [map])
  const wholeCity = map && bounds ? () => goTo(bounds) : undefined
  const total = list.data?.pages[0]?.total ?? undefined
  return (
    <>
      <Head count={total === undefined ? '\u00a0' : broken ? t.inAll(total) : t.inView(total)} filters={filters} print={print} />
      <div className="map-filters">
        <ListFilters filters={filters} change={change} reset={reset} />
      </div>
      <div className="map-page">
        <MapSide
          {...{ map, style, broken, by, remembered, remember, tiles, bounds, area, view, goTo, wholeCity }}
          start={seen.current ? (remembered.view ?? start) : start}
          setMap={setMap}
          fail={() => setBroken(true)}
          colourBy={(chosen) => change('by', chosen === 'state' ? 'state' : undefined)}
          narrow={(ring) => change('within', ring && areaText(ring))}
          narrowToBox={(box) => {
            change('within', areaText(ringOfBox(box)))
            goTo(box)
          }}
          pick={setPicked}
          printed={<img ref={image} className="map-printed" alt="" />}
        />
        <section id="in-view" className="map-list" tabIndex={-1} aria-label={t.inViewTitle}>
          {picked && <HereCard picked={picked} filters={narrowed} by={by} close={() => setPicked(undefined)} />}
          <InViewList list={list} by={by} mark={setMarked} reset={wholeCity} />
        </section>
      </div>
      <footer className="map-print-foot">
        <NarrowedBy filters={filters} area={area?.text} />
        {t.printedOn(today())} · {t.approval}
      </footer>
    </>
  )
}

function Head({ count, filters, print }: { count: string; filters: Filters; print(): void }) {
  const t = useMapText()
  const query = queryOf(filters)
  return (
    <PageHead
      title={t.title}
      note={<span role="status">{count}</span>}
      extra={
        <>
          <Link to={`/cases${query && `?${query}`}`}>{t.toList}</Link>
          <Button onClick={print}>{t.print}</Button>
        </>
      }
    />
  )
}
