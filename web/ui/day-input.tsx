import { DatePicker } from 'antd'
import dayjs from 'dayjs'

/** A day as `YYYY-MM-DD` text; typed or picked. */
export function DayInput({ value, onChange, ...rest }: { value?: string; onChange?(day: string | undefined): void; id?: string }) {
  return (
    <DatePicker
      {...rest}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
      style={{ width: '100%' }}
    />
  )
}
