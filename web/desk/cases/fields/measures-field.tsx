import { Button, Input, Select } from 'antd'
import type { Measure, Milestone } from '../../../../src/cases/rules/case.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { DayInput } from '../../../ui/day-input.tsx'
import { YuanInput } from '../../../ui/yuan-input.tsx'
import { optionsOf } from '../closed-lists.ts'
import { freshId } from './fresh-id.ts'
import { MilestoneRows } from './milestone-rows.tsx'
import type { WidgetProps } from './widget-props.ts'

/** The measures of a plan: what, done when, proved by what, money, milestones. */
export function MeasuresField({ value = [], onChange }: WidgetProps<Measure[]>) {
  const { t } = useLanguage()
  const set = (id: string, change: Partial<Measure>) =>
    onChange?.(value.map((measure) => (measure.id === id ? { ...measure, ...change } : measure)))
  return (
    <div className="stack">
      {value.map((measure, at) => (
        <fieldset className="boxed" key={measure.id}>
          <legend>{t.words.measure(at + 1)}</legend>
          <MeasureParts measure={measure} set={(change) => set(measure.id, change)} />
          <Button type="text" onClick={() => onChange?.(value.filter((each) => each.id !== measure.id))}>
            {t.common.remove}
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange?.([...value, { id: freshId('m', value), text: '', milestones: [] as Milestone[] }])}>
        {t.words.addMeasure}
      </Button>
    </div>
  )
}

function MeasureParts({ measure, set }: { measure: Measure; set(change: Partial<Measure>): void }) {
  const { language, t } = useLanguage()
  return (
    <>
      <Input.TextArea
        aria-label={t.words.measureText}
        placeholder={t.words.measureText}
        autoSize={{ minRows: 2 }}
        value={measure.text}
        onChange={(e) => set({ text: e.target.value })}
      />
      <Input
        aria-label={t.words.standard}
        placeholder={t.words.standard}
        value={measure.standard ?? ''}
        onChange={(e) => set({ standard: e.target.value })}
      />
      <div className="three">
        <Select
          aria-label={t.words.evidenceType}
          placeholder={t.words.evidenceType}
          allowClear
          options={optionsOf('evidenceKind', language)}
          value={measure.evidence ?? null}
          onChange={(evidence) => set({ evidence: evidence as NonNullable<Measure['evidence']> })}
        />
        <DayInput
          label={t.words.dueDay}
          {...(measure.due && { value: measure.due })}
          onChange={(due) => set({ due: due as NonNullable<Measure['due']> })}
        />
        <YuanInput
          label={t.words.money}
          {...(measure.moneyFen !== undefined && { value: measure.moneyFen })}
          onChange={(fen) => set({ moneyFen: fen as number })}
        />
      </div>
      <MilestoneRows prefix={`${measure.id}.`} value={measure.milestones} onChange={(milestones) => set({ milestones })} />
    </>
  )
}
