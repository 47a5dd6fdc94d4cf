import { Radio } from 'antd'
import { useText } from '../../../shell/language.tsx'
import type { WidgetProps } from './widget-props.ts'

/** A decision: yes and no said in the words of the matter. */
export function YesNoField({ field, value, onChange, id }: WidgetProps<boolean>) {
  const t = useText()
  const [yes, no] = field.words!
  return (
    <Radio.Group
      {...(id && { id })}
      value={value}
      onChange={(e) => onChange?.(e.target.value)}
      options={[
        { value: true, label: t.words[yes] },
        { value: false, label: t.words[no] },
      ]}
    />
  )
}
