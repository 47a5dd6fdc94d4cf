import { Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { LIST_FILTERS, type ListFilter } from '../../../src/cases/rules/list-view.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { useRegions } from '../directory.ts'
import { type ClosedList, optionsOf } from './closed-lists.ts'
import { FilterChips } from './list/filter-chips.tsx'
import { MoreFilters } from './list/more-filters.tsx'
import type { Filters } from './queries.ts'

/** The filters in the order in which they stand in the address. */
export const FILTERS: readonly ListFilter[] = LIST_FILTERS

type Props = { filters: Filters; change(name: ListFilter, value: string | undefined): void; reset(): void }

const USUAL = ['region', 'state', 'colour', 'category'] as const

/** What the list is narrowed by; each choice takes effect at once, words a moment after the last key. What is chosen stands below in words. */
export function ListFilters({ filters, change, reset }: Props) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  const city = { value: String(useMe().tenant), label: t.board.cityLevel }
  const regions = [...useRegions().map((area) => ({ value: area.code, label: area.name })), city]
  const hidden = FILTERS.filter((name) => filters[name] && name !== 'q' && !(USUAL as readonly string[]).includes(name)).length
  return (
    <search className="filters" aria-label={t.list.filters}>
      <WordsFilter q={filters.q ?? ''} change={(q) => change('q', q)} />
      <Choice label={t.list.region} options={regions} value={filters.region} change={(region) => change('region', region)} />
      <States value={filters.state} change={(state) => change('state', state)} />
      <CodeChoice name="colour" filters={filters} change={change} />
      <CodeChoice name="category" filters={filters} change={change} />
      <Button onClick={() => setOpen(!open)} aria-expanded={open}>
        {open ? t.desk.fewerFilters : t.desk.moreFilters}
        {hidden > 0 && ` (${hidden})`}
      </Button>
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={reset}>
          {t.list.reset}
        </Button>
      )}
      {open && <MoreFilters filters={filters} change={change} />}
      <FilterChips filters={filters} drop={(name) => change(name, undefined)} />
    </search>
  )
}

const PAUSE_MS = 250

// The words go into the address a moment after the last key; what another part of the page changes there is taken over.
function WordsFilter({ q, change }: { q: string; change(q: string | undefined): void }) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState(q)
  const sent = useRef(q)
  useEffect(() => {
    if (q !== sent.current) setTyped(q)
    sent.current = q
  }, [q])
  const send = (words: string) => {
    if (words.trim() === sent.current) return
    sent.current = words.trim()
    change(words.trim() || undefined)
  }
  const later = useRef(send)
  later.current = send
  useEffect(() => {
    const timer = setTimeout(() => later.current(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      aria-label={t.list.searchLabel}
      placeholder={t.list.search}
      value={typed}
      allowClear
      onChange={(e) => setTyped(e.target.value)}
      onPressEnter={() => send(typed)}
      className="filter-words"
    />
  )
}

function CodeChoice({ name, filters, change }: { name: ClosedList & ListFilter } & Pick<Props, 'filters' | 'change'>) {
  const { language, t } = useLanguage()
  return (
    <Choice
      label={t.desk.filter[name]}
      options={optionsOf(name, language)}
      value={filters[name]}
      change={(value) => change(name, value)}
    />
  )
}

function States({ value, change }: { value: string | undefined; change(value: string | undefined): void }) {
  const { language, t } = useLanguage()
  return (
    <Select
      mode="multiple"
      aria-label={t.list.state}
      placeholder={t.list.state}
      options={optionsOf('state', language)}
      value={value ? value.split(',') : []}
      allowClear
      maxTagCount={1}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(chosen: string[]) => change(chosen.join(',') || undefined)}
      className="filter"
    />
  )
}

type ChoiceProps = {
  label: string
  options: { value: string; label: string }[]
  value: string | undefined
  change(value: string | undefined): void
}

function Choice({ label, options, value, change }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      options={options}
      value={value ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => change(chosen ?? undefined)}
      className="filter"
    />
  )
}
