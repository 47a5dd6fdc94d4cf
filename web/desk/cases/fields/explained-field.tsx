import { Button, Input, Select } from 'antd'
import { useText } from '../../../shell/language.tsx'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

type Row = { measure: string; why: string }

/** Measures that cannot be done, each with its reason. */
export function ExplainedField({ value = [], onChange }: WidgetProps<Row[]>) {
  const t = useText()
  const open = useCaseAtHand().measures.filter((measure) => !measure.doneOn)
  const options = open.map((measure) => ({ value: measure.id, label: measure.text }))
  const set = (at: number, change: Partial<Row>) => onChange?.(value.map((row, i) => (i === at ? { ...row, ...change } : row)))
  return (
    <div className="stack">
      {value.map((row, at) => (
        <div className="pair-row" key={at}>
          <Select
            aria-label={t.fields.measure}
            placeholder={t.fields.measure}
            value={row.measure || null}
            options={options}
            onChange={(id) => set(at, { measure: id ?? '' })}
          />
          <Input
            aria-label={t.words.why}
            placeholder={t.words.why}
            value={row.why}
            onChange={(e) => set(at, { why: e.target.value })}
          />
          <Button type="text" onClick={() => onChange?.(value.filter((_, i) => i !== at))}>
            {t.common.remove}
          </Button>
        </div>
      ))}
      <Button size="small" disabled={options.length === 0} onClick={() => onChange?.([...value, { measure: '', why: '' }])}>
        {t.words.addRow}
      </Button>
    </div>
  )
}
