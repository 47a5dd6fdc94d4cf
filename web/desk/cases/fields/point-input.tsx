import { Input, Select } from 'antd'
import { useText } from '../../../shell/language.tsx'

export type TypedPoint = { lng?: string; lat?: string; crs?: string }

/** Longitude and latitude as somebody read them off, with the system they were read in. */
export function PointInput({
  id,
  value = {},
  onChange,
}: {
  id?: string
  value?: TypedPoint
  onChange?(value: TypedPoint): void
}) {
  const t = useText()
  const set = (change: TypedPoint) => onChange?.({ crs: 'wgs84', ...value, ...change })
  const options = Object.entries(t.crs).map(([code, label]) => ({ value: code, label }))
  return (
    <div className="three">
      <Input
        {...(id && { id })}
        inputMode="decimal"
        placeholder={t.words.lng}
        aria-label={t.words.lng}
        value={value.lng ?? ''}
        onChange={(e) => set({ lng: e.target.value })}
      />
      <Input
        inputMode="decimal"
        placeholder={t.words.lat}
        aria-label={t.words.lat}
        value={value.lat ?? ''}
        onChange={(e) => set({ lat: e.target.value })}
      />
      <Select aria-label={t.words.crs} value={value.crs ?? 'wgs84'} options={options} onChange={(crs) => set({ crs })} />
    </div>
  )
}
