import { Checkbox } from 'antd'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import type { WidgetProps } from './widget-props.ts'

/** Several codes of a closed list. */
export function CodesField({ field, value, onChange }: WidgetProps<string[]>) {
  const { language } = useLanguage()
  // Not what else the form hands in: a group of boxes has no role that `aria-required` belongs to.
  return (
    <Checkbox.Group
      {...(value && { value })}
      onChange={(codes) => onChange?.(codes)}
      options={optionsOf(field.list!, language)}
    />
  )
}
