import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { boxText } from '../../../src/places/base-map/rules/box.ts'
import { copyText } from '../../map/copy-text.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useGet } from '../../shell/use-api.ts'
import { nameOf } from '../cases/closed-lists.ts'
import { type Filters, useCases } from '../cases/queries.ts'
import { Mark } from './legend.tsx'
import { kindName } from './operator-layers.ts'
import type { Picked, Spot } from './picked.ts'
import { symbolOf } from './symbols.ts'
import { useMapText } from './texts.ts'
import type { ColourBy } from './use-map-filters.ts'

type Props = { picked: Picked; filters: Filters; by: ColourBy; close(): void }

/** What lies where somebody clicked: coordinates, county, layers, and the cases drawn there. */
export function HereCard({ picked, filters, by, close }: Props) {
  const t = useMapText()
  return (
    <section className="panel map-here" aria-label={t.here} aria-live="polite">
      <header className="panel-head">
        <h2>{t.here}</h2>
        <Button size="small" type="text" onClick={close} aria-label={t.closeHere}>
          ✕
        </Button>
      </header>
      <div className="panel-body stack">
        <Coordinates at={picked.at} />
        <Lookup at={picked.at} />
        {picked.spots.length > 0 && <Spots spots={picked.spots} by={by} title={t.casesHere(picked.spots.length)} />}
        {picked.group && <GroupSpots group={picked.group} filters={filters} by={by} />}
      </div>
    </section>
  )
}

function Coordinates({ at: [lng, lat] }: { at: Picked['at'] }) {
  const t = useMapText()
  const [told, setTold] = useState<{ of: string; text: string }>()
  const text = `${lng.toFixed(5)}, ${lat.toFixed(5)}`
  const copy = async () => setTold({ of: text, text: (await copyText(text)) ? t.copied : t.notCopied })
  return (
    <div className="row">
      <span className="muted">{t.coordinates}</span>
      <span className="number map-coordinates">{text}</span>
      <Button size="small" onClick={copy}>
        {t.copy}
      </Button>
      <span role="status">{told?.of === text && told.text}</span>
    </div>
  )
}

type Found = {
  zone?: { zone: string; mayBeStricter: boolean }
  elevation?: { min: number } | null
  hits?: { n: number; name: string; kind: string; layer: { id: string; name: string } }[]
}

function Lookup({ at: [lng, lat] }: { at: Picked['at'] }) {
  const t = useMapText()
  const { language } = useLanguage()
  const where = `lng=${lng.toFixed(6)}&lat=${lat.toFixed(6)}`
  const county = useGet<{ name: string }>(`/api/places/county?${where}`)
  const found = useGet<Found>(`/api/places/lookup?${where}`).data
  return (
    <dl className="map-lookup">
      <dt>{t.county}</dt>
      <dd>{county.data?.name ?? (county.isError ? t.noCounty : '…')}</dd>
      {found?.zone && (
        <>
          <dt>{t.zone}</dt>
          <dd>
            {found.zone.zone === 'unknown' ? t.zoneUnknown : nameOf('qinling', found.zone.zone, language)}
            {found.zone.mayBeStricter && found.zone.zone !== 'unknown' && <span className="muted small"> {t.mayBeStricter}</span>}
          </dd>
        </>
      )}
      {found?.elevation && (
        <>
          <dt>{t.elevation}</dt>
          <dd className="number">{t.metres(Math.round(found.elevation.min))}</dd>
        </>
      )}
      {found?.hits && (
        <>
          <dt>{t.layersHere}</dt>
          <dd>
            {found.hits.length === 0 && t.none}
            {found.hits.map((hit) => (
              <p key={`${hit.layer.id} ${hit.n}`}>
                {hit.name || hit.layer.name} <span className="muted small">{kindName(hit.kind, language)}</span>
              </p>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}

function GroupSpots({ group, filters, by }: { group: NonNullable<Picked['group']>; filters: Filters; by: ColourBy }) {
  const t = useMapText()
  const list = useCases({ ...filters, bbox: boxText(group.box) })
  return (
    <Loaded query={list}>
      {({ pages }) => (
        <Spots
          spots={pages.flatMap((page) => page.items.map((item) => ({ ...item, region: item.place.region })))}
          by={by}
          title={t.casesHere(group.n)}
        />
      )}
    </Loaded>
  )
}

type Row = Pick<Spot, 'id' | 'no' | 'title' | 'state' | 'colour'>

function Spots({ spots, by, title }: { spots: readonly Row[]; by: ColourBy; title: string }) {
  const { language } = useLanguage()
  return (
    <div>
      <h3>{title}</h3>
      <ul className="map-spots">
        {spots.map((spot) => (
          <li key={spot.id}>
            <Mark symbol={symbolOf(by, spot)} />
            <span>
              <Link to={`/cases/${spot.id}`}>{spot.title}</Link>{' '}
              <span className="muted small">
                {nameOf('colour', spot.colour, language)} · {nameOf('state', spot.state, language)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
