import { Radio, Select } from 'antd'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import type { WidgetProps } from './widget-props.ts'

/** One code of a closed list: from a list, or as radio buttons where there are few. */
export function CodeField({ field, ...rest }: WidgetProps<string>) {
  const { language, t } = useLanguage()
  const options = optionsOf(field.list!, language)
  if (field.widget === 'radio')
    return <Radio.Group {...rest} options={options} onChange={(e) => rest.onChange?.(e.target.value)} />
  return (
    <Select
      {...rest}
      options={options}
      placeholder={t.common.choose}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'label' }}
    />
  )
}
