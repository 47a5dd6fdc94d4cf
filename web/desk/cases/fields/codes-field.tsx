import { Checkbox } from 'antd'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import type { WidgetProps } from './widget-props.ts'

/** Several codes of a closed list. */
export function CodesField({ field, id: _, ...rest }: WidgetProps<string[]>) {
  const { language } = useLanguage()
  return <Checkbox.Group {...rest} options={optionsOf(field.list!, language)} />
}
