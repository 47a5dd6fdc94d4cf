import { Checkbox, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { SECRECY, type SecrecyName } from '../../../../src/cases/rules/codes.ts'
import { SECRECY_LABELS } from '../../../../src/cases/rules/labels.ts'
import type { ListFilter } from '../../../../src/cases/rules/list-view.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { useMe } from '../../../shell/session.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { useAreas, useOrganisations } from '../../directory.ts'
import type { CourseFilterName } from '../../numbers/course-marks.ts'
import { type ClosedList, optionsOf } from '../closed-lists.ts'
import type { Filters } from '../queries.ts'

type Named = Exclude<ListFilter, CourseFilterName>
type Change = (name: ListFilter, value: string | undefined) => void
type Props = { filters: Filters; change: Change }
type Option = { value: string; label: string }

/** Roles that may read above 内部; for the others the choice would be empty. */
const TRUSTED = ['office', 'county_office', 'leader', 'inspector', 'unit']
const MARKS = ['open', 'overdue', 'soon', 'reminded', 'reopened', 'rebound', 'noBatch', 'incomplete'] as const
const DAYS = ['dueFrom', 'dueTo', 'reportedFrom', 'reportedTo'] as const

/** The filters that are used less. */
export function MoreFilters({ filters, change }: Props) {
  const { language, t } = useLanguage()
  const orgs = useOrganisations().map((org) => ({ value: org.id, label: org.name }))
  const towns = useAreas({ parent: filters.region }).map((area) => ({ value: area.code, label: area.name }))
  const trusted = useMe().holdings.some(({ role }) => TRUSTED.includes(role))
  const levels = (Object.keys(SECRECY) as SecrecyName[]).map((name) => ({
    value: String(SECRECY[name]),
    label: SECRECY_LABELS[name][language],
  }))
  const samples = [
    { value: 'true', label: t.desk.sampleYes },
    { value: 'false', label: t.desk.sampleNo },
  ]
  const code = (name: ClosedList & Named) => (
    <One name={name} options={optionsOf(name, language)} filters={filters} change={change} />
  )
  return (
    <div className="filters-more">
      {code('path')}
      {code('source')}
      <One name="unit" options={orgs} filters={filters} change={change} />
      {filters.region && towns.length > 0 && <One name="town" options={towns} filters={filters} change={change} />}
      {code('pollution')}
      <Batch key={filters.batch ?? ''} value={filters.batch ?? ''} change={change} />
      {trusted && <One name="secrecy" options={levels} filters={filters} change={change} />}
      <One name="sample" options={samples} filters={filters} change={change} />
      {DAYS.map((name) => (
        <div key={name} className="filter-day">
          <span className="muted small" aria-hidden="true">
            {t.desk.filter[name]}
          </span>
          <DayInput
            label={t.desk.filter[name]}
            {...(filters[name] && { value: filters[name] })}
            onChange={(day) => change(name, day)}
          />
        </div>
      ))}
      <div className="filter-marks">
        {MARKS.map((name) => (
          <Checkbox
            key={name}
            checked={filters[name] === 'true'}
            onChange={(e) => change(name, e.target.checked ? 'true' : undefined)}
          >
            {t.desk.filter[name]}
          </Checkbox>
        ))}
      </div>
    </div>
  )
}

function One({ name, options, filters, change }: Props & { name: Named; options: Option[] }) {
  const { t } = useLanguage()
  return (
    <Select
      aria-label={t.desk.filter[name]}
      placeholder={t.desk.filter[name]}
      options={options}
      value={filters[name] ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => change(name, chosen ?? undefined)}
      className="filter"
    />
  )
}

// A batch has a name of its own words: it is taken as it is written.
function Batch({ value, change }: { value: string; change: Change }) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const take = () => typed.trim() !== value && change('batch', typed.trim() || undefined)
  return (
    <Input
      aria-label={t.desk.filter.batch}
      placeholder={t.desk.filter.batch}
      value={typed}
      allowClear
      onChange={(e) => setTyped(e.target.value)}
      onPressEnter={take}
      onBlur={take}
      onClear={() => change('batch', undefined)}
      className="filter"
    />
  )
}
