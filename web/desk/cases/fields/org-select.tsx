import { Select } from 'antd'
import { useText } from '../../../shell/language.tsx'
import { useOrganisations } from '../../directory.ts'

/** Chooses an organisation by name. */
export function OrgSelect({ value, onChange, label, id }: Props) {
  const t = useText()
  const options = useOrganisations().map((org) => ({ value: org.id, label: org.name }))
  return (
    <Select
      {...(id && { id })}
      {...(label && { 'aria-label': label })}
      value={value ?? null}
      options={options}
      placeholder={t.common.choose}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(org: string | null) => org && onChange?.(org)}
      style={{ width: '100%' }}
    />
  )
}

type Props = { id?: string; value?: string | undefined; label?: string; onChange?(org: string): void }
