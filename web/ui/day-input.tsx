import { Input } from 'antd'

/** A day as `YYYY-MM-DD` text; the browser's own date field, which a phone opens as its calendar. */
export function DayInput({ value, onChange, label, ...rest }: Props) {
  return (
    <Input
      {...rest}
      {...(label && { 'aria-label': label })}
      type="date"
      value={value ?? ''}
      onChange={(e) => onChange?.(e.target.value || undefined)}
    />
  )
}

type Props = { value?: string; onChange?(day: string | undefined): void; label?: string; id?: string; min?: string; max?: string }
