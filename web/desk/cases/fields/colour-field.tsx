import { Radio } from 'antd'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import type { WidgetProps } from './widget-props.ts'

/** A colour set by hand, or back to the computed one. */
export function ColourField({ value, onChange, id }: WidgetProps<string>) {
  const { language, t } = useLanguage()
  const options = [...optionsOf('colour', language), { value: 'auto', label: t.words.auto }]
  return <Radio.Group {...(id && { id })} value={value} onChange={(e) => onChange?.(e.target.value)} options={options} />
}
