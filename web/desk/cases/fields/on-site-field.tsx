import { Input } from 'antd'
import { useText } from '../../../shell/language.tsx'
import { DayInput } from '../../../ui/day-input.tsx'
import { PointInput, type TypedPoint } from './point-input.tsx'
import type { WidgetProps } from './widget-props.ts'

export type TypedVisit = { day?: string; people?: string[]; point?: TypedPoint }

/** The visit: the day, who was there, and where they stood. */
export function OnSiteField({ value = {}, onChange }: WidgetProps<TypedVisit>) {
  const t = useText()
  const set = (change: TypedVisit) => onChange?.({ ...value, ...change })
  return (
    <div className="boxed stack">
      <DayInput label={t.fields.day} {...(value.day && { value: value.day })} onChange={(day) => set({ day: day ?? '' })} />
      <Input.TextArea
        aria-label={t.fields.people}
        placeholder={`${t.fields.people}${t.colon}${t.hints.people}`}
        autoSize={{ minRows: 2 }}
        value={(value.people ?? []).join('\n')}
        onChange={(e) => set({ people: e.target.value.split('\n') })}
      />
      <PointInput {...(value.point && { value: value.point })} onChange={(point) => set({ point: point ?? {} })} />
    </div>
  )
}
