import { Form, Select } from 'antd'
import type { Area } from '../../../../src/places/rules/area.ts'
import { useText } from '../../../shell/language.tsx'
import { useAreas, useRegions } from '../../directory.ts'

/** County, town and village, each below the one before; another county empties what lay in the old one. */
export function AreaFields() {
  const t = useText()
  const form = Form.useFormInstance()
  const region = Form.useWatch<string | undefined>('region', form)
  const town = Form.useWatch<string | undefined>('town', form)
  return (
    <div className="three">
      <Form.Item name="region" label={t.fields.region} rules={[{ required: true, message: t.common.missing(t.fields.region) }]}>
        <AreaSelect areas={useRegions()} onPick={() => form.setFieldsValue({ town: undefined, village: undefined })} />
      </Form.Item>
      <Form.Item name="town" label={t.fields.town}>
        <AreaSelect areas={useAreas({ parent: region })} onPick={() => form.setFieldsValue({ village: undefined })} />
      </Form.Item>
      <Form.Item name="village" label={t.fields.village}>
        <AreaSelect areas={useAreas({ parent: town })} onPick={() => {}} />
      </Form.Item>
    </div>
  )
}

function AreaSelect({ id, value, onChange, areas, onPick }: Props) {
  const t = useText()
  return (
    <Select
      {...(id && { id })}
      value={value ?? null}
      allowClear
      disabled={areas.length === 0}
      placeholder={t.common.choose}
      showSearch={{ optionFilterProp: 'label' }}
      options={areas.map((area) => ({ value: area.code, label: area.name }))}
      onChange={(code: string | null | undefined) => {
        onChange?.(code ?? undefined)
        onPick()
      }}
    />
  )
}

type Props = { id?: string; value?: string; onChange?(code: string | undefined): void; areas: readonly Area[]; onPick(): void }
