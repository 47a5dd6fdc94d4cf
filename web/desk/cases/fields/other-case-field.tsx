import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useText } from '../../../shell/language.tsx'
import { useCases } from '../queries.ts'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

/** Another problem of the list, found by number or words. */
export function OtherCaseField({ id, value, onChange }: WidgetProps<string>) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const here = useCaseAtHand().id
  const found = useCases({ q }, { enabled: q.length > 1 })
  const items = (found.data?.pages ?? []).flatMap((page) => page.items).filter((item) => item.id !== here)
  return (
    <Select
      {...(id && { id })}
      value={value ?? null}
      placeholder={t.list.search}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={items.map((item) => ({ value: item.id, label: `${item.no} ${item.title}` }))}
      onChange={(chosen) => onChange?.(chosen ?? undefined)}
    />
  )
}
