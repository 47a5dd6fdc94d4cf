import { Form } from 'antd'
import { useText } from '../../../shell/language.tsx'
import type { Field } from '../move-forms.ts'
import { isComplete, isUntouched } from './completeness.ts'
import { FieldInput } from './field-input.tsx'

/** One labelled field of a form with its hint and the check that it is filled in. */
export function FieldItem({ field }: { field: Field }) {
  const t = useText()
  const label = t.fields[field.label]
  const rule = {
    validator: async (_: unknown, value: unknown) => {
      const holds = (!field.required && isUntouched(field.widget, value)) || isComplete(field.widget, value)
      if (!holds) throw new Error(t.common.missing(label))
    },
  }
  return (
    <Form.Item
      name={field.name}
      className={`field-${field.widget} field-${field.name}`}
      label={field.widget === 'check' ? undefined : label}
      required={field.required ?? false}
      rules={[rule]}
      {...(field.hint && { extra: t.hints[field.hint] })}
    >
      <FieldInput field={field} />
    </Form.Item>
  )
}
