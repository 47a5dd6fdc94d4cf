import { Button, Select } from 'antd'
import type { Duty } from '../../../../src/cases/rules/case.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import { OrgSelect } from './org-select.tsx'
import type { WidgetProps } from './widget-props.ts'

const START: Draft[] = [{ as: 'responsible' }, { as: 'lead' }, { as: 'acceptance' }]
type Draft = Partial<Duty>

/** Which organisation is bound to the case as what. */
export function DutiesField({ value, onChange }: WidgetProps<Draft[]>) {
  const { language, t } = useLanguage()
  const duties = value ?? START
  const set = (at: number, change: Draft) => onChange?.(duties.map((duty, i) => (i === at ? { ...duty, ...change } : duty)))
  return (
    <div className="stack">
      {duties.map((duty, at) => (
        <div className="duty-row" key={at}>
          <Select
            aria-label={t.duties.as}
            value={duty.as ?? null}
            options={optionsOf('duty', language)}
            onChange={(as) => set(at, { as: as as Duty['as'] })}
          />
          <OrgSelect label={t.duties.unit} value={duty.org} onChange={(org) => set(at, { org })} />
          <Button type="text" onClick={() => onChange?.(duties.filter((_, i) => i !== at))}>
            {t.common.remove}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange?.([...duties, { as: 'supporting' }])}>{t.words.addDuty}</Button>
    </div>
  )
}
