import { Radio } from 'antd'
import { SECRECY, type SecrecyName } from '../../../../src/cases/rules/codes.ts'
import { SECRECY_LABELS } from '../../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../../shell/language.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Who may know of a case. */
export function SecrecyField({ value, onChange, id }: WidgetProps<number>) {
  const { language } = useLanguage()
  const names = Object.keys(SECRECY) as SecrecyName[]
  const options = names.map((name) => ({ value: SECRECY[name], label: SECRECY_LABELS[name][language] }))
  return <Radio.Group {...(id && { id })} value={value} onChange={(e) => onChange?.(e.target.value)} options={options} />
}
