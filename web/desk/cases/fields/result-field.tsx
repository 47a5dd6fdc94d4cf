import { Radio } from 'antd'
import { useText } from '../../../shell/language.tsx'
import type { WidgetProps } from './widget-props.ts'

/** What a look-back found. */
export function ResultField({ value, onChange, id }: WidgetProps<string>) {
  const t = useText()
  const options = (['confirmed', 'rebound'] as const).map((result) => ({ value: result, label: t.words[result] }))
  return <Radio.Group {...(id && { id })} value={value} onChange={(e) => onChange?.(e.target.value)} options={options} />
}
