import { Button, Segmented, Select } from 'antd'
import { DIMENSIONS, PERIOD_DAYS } from '../../../src/cases/numbers/rules/figures.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { optionsOf } from '../cases/closed-lists.ts'
import { useOrganisations, useRegions } from '../directory.ts'
import { useNumbersText } from './texts.ts'
import { type FilterName, type NumbersAddress, SPANS, type SpanName } from './use-numbers-address.ts'

/** What the numbers are narrowed by and told apart by; each choice takes effect at once and stands in the address. */
export function NumbersFilters({ address }: { address: NumbersAddress }) {
  const t = useNumbersText()
  const { language, t: shell } = useLanguage()
  const city = { value: String(useMe().tenant), label: shell.board.cityLevel }
  const regions = [...useRegions().map((area) => ({ value: area.code, label: area.name })), city]
  const units = useOrganisations().map((org) => ({ value: org.id, label: org.name }))
  const { change, filters } = address
  const choice = (name: FilterName, options: { value: string; label: string }[]) => (
    <Select
      key={name}
      aria-label={t.by[name as 'region']}
      placeholder={t.by[name as 'region']}
      options={options}
      value={filters[name] ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(value: string | null | undefined) => change({ [name]: value ?? undefined })}
      className="filter"
    />
  )
  return (
    <search className="filters numbers-filters" aria-label={t.filters}>
      <Segmented
        aria-label={t.byLabel}
        options={DIMENSIONS.map((value) => ({ value, label: t.by[value] }))}
        value={address.by}
        onChange={(by) => change({ by })}
      />
      <Period address={address} />
      {choice('region', regions)}
      {choice('unit', units)}
      {choice('source', optionsOf('source', language))}
      {choice('path', optionsOf('path', language))}
      {choice('category', optionsOf('category', language))}
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={() => change(Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])))}>
          {t.reset}
        </Button>
      )}
    </search>
  )
}

function Period({ address }: { address: NumbersAddress }) {
  const t = useNumbersText()
  const { change, span, from, to } = address
  const choose = (value: SpanName) =>
    change(value === 'own' ? { from: from ?? undefined, to: to ?? undefined } : { span: value, from: undefined, to: undefined })
  return (
    <>
      <Segmented
        aria-label={t.spanLabel}
        options={SPANS.map((value) => ({ value, label: t.span[value] }))}
        value={span}
        onChange={choose}
      />
      <span className="period">
        <DayInput label={t.from} value={from ?? ''} onChange={(day) => change({ from: day, to: to ?? undefined })} />
        –
        <DayInput label={t.to} value={to ?? ''} onChange={(day) => change({ from: from ?? undefined, to: day })} />
      </span>
      <Select
        aria-label={t.onLabel}
        options={PERIOD_DAYS.map((value) => ({ value, label: t.on[value] }))}
        value={address.on}
        onChange={(on) => change({ on })}
        popupMatchSelectWidth={false}
      />
    </>
  )
}
