import { Input, Select } from 'antd'
import type { ApprovedBy } from '../../../../src/cases/rules/act.ts'
import { useText } from '../../../shell/language.tsx'
import { usePosts } from '../../directory.ts'
import type { WidgetProps } from './widget-props.ts'

/** The leader who agreed outside the desk, and the document that says so. */
export function ApproverField({ id, value, onChange }: WidgetProps<Partial<ApprovedBy>>) {
  const t = useText()
  const options = usePosts('leader').flatMap((post) =>
    post.holder ? [{ value: post.holder.account, label: `${post.holder.name} · ${post.title}` }] : [],
  )
  return (
    <div className="two">
      <Select
        {...(id && { id })}
        allowClear
        placeholder={t.common.choose}
        options={options}
        value={value?.account ?? null}
        onChange={(account?: string) => onChange?.(account ? { ...value, account } : undefined)}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <Input
        placeholder={t.fields.approvedDocNo}
        aria-label={t.fields.approvedDocNo}
        value={value?.docNo ?? ''}
        disabled={!value?.account}
        onChange={(e) => onChange?.({ ...value, docNo: e.target.value })}
      />
    </div>
  )
}
