import type { Case } from '../../../src/cases/rules/case.ts'
import { useMe } from '../../shell/session.ts'
import { useAreas, useRegions } from '../directory.ts'

/** Where a case is: county, town, village and address by name. */
export function PlaceName({ place, region: onlyRegion = false }: { place: Case['place']; region?: boolean }) {
  const me = useMe()
  const known = useRegions().find((area) => area.code === place.region)?.name
  const region = known ?? (place.region === String(me.tenant) ? me.cityName : place.region)
  if (onlyRegion) return <span className="nowrap">{region}</span>
  return (
    <>
      {region} <Below place={place} /> {place.address}
    </>
  )
}

function Below({ place }: { place: Case['place'] }) {
  const town = useAreas({ parent: place.town && place.region }).find((area) => area.code === place.town)?.name
  const village = useAreas({ parent: place.village && place.town }).find((area) => area.code === place.village)?.name
  return [town ?? place.town, village ?? place.village].filter(Boolean).join(' ')
}
