import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useLanguage } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { STANDING_FILTERS, StandingMarks } from '../dashboard/standing-marks.tsx'
import { useRegions } from '../directory.ts'
import { type ClosedList, optionsOf } from './closed-lists.ts'
import type { Filters } from './queries.ts'

/** The filters in the order in which they stand in the address. */
export const FILTERS = [
  'region',
  'state',
  'colour',
  'category',
  'path',
  'q',
  'incomplete',
  ...STANDING_FILTERS,
] as const satisfies (keyof Filters)[]

type Props = { filters: Filters; change(name: keyof Filters, value: string | undefined): void; reset(): void }

/** What the list is narrowed by; each choice takes effect at once, words on Enter or on leaving the field. */
export function ListFilters({ filters, change, reset }: Props) {
  const { t } = useLanguage()
  const city = { value: String(useMe().tenant), label: t.board.cityLevel }
  const regions = [...useRegions().map((area) => ({ value: area.code, label: area.name })), city]
  return (
    <search className="filters" aria-label={t.list.filters}>
      <WordsFilter key={filters.q ?? ''} q={filters.q ?? ''} change={(q) => change('q', q)} />
      <Choice name="region" label={t.list.region} options={regions} value={filters.region} change={change} />
      <CodeChoice name="state" filters={filters} change={change} />
      <CodeChoice name="colour" filters={filters} change={change} />
      <CodeChoice name="category" filters={filters} change={change} />
      <CodeChoice name="path" filters={filters} change={change} />
      <Checkbox
        checked={filters.incomplete === 'true'}
        onChange={(e) => change('incomplete', e.target.checked ? 'true' : undefined)}
      >
        {t.list.incomplete}
      </Checkbox>
      <StandingMarks filters={filters} change={change} />
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={reset}>
          {t.list.reset}
        </Button>
      )}
    </search>
  )
}

function WordsFilter({ q, change }: { q: string; change(q: string | undefined): void }) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  const search = () => typed.trim() !== q && change(typed.trim() || undefined)
  return (
    <Input
      aria-label={t.list.searchLabel}
      placeholder={t.list.search}
      value={typed}
      allowClear
      onChange={(e) => setTyped(e.target.value)}
      onPressEnter={search}
      onBlur={search}
      onClear={() => change(undefined)}
      className="filter-words"
    />
  )
}

function CodeChoice({ name, filters, change }: { name: ClosedList & keyof Filters } & Pick<Props, 'filters' | 'change'>) {
  const { language, t } = useLanguage()
  return (
    <Choice
      name={name}
      label={t.list[name as 'state']}
      options={optionsOf(name, language)}
      value={filters[name]}
      change={change}
    />
  )
}

type ChoiceProps = Pick<Props, 'change'> & {
  name: keyof Filters
  label: string
  options: { value: string; label: string }[]
  value: string | undefined
}

function Choice({ name, label, options, value, change }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      options={options}
      value={value ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => change(name, chosen ?? undefined)}
      className="filter"
    />
  )
}
