import { Form } from 'antd'
import type { WidgetProps } from './widget-props.ts'
import { OrgSelect } from './org-select.tsx'

/** An organisation; its name is kept beside its id under `<field>Name`. */
export function OrgField({ field, ...rest }: WidgetProps<string>) {
  const form = Form.useFormInstance()
  return (
    <OrgSelect
      {...rest}
      onChange={(org, name) => {
        form.setFieldValue(`${field.name}Name`, name)
        rest.onChange?.(org)
      }}
    />
  )
}
