import { InputNumber } from 'antd'

/** Money typed in yuan, spoken in whole fen. */
export function YuanInput({
  value,
  onChange,
  label,
  ...rest
}: {
  value?: number
  onChange?(fen: number | undefined): void
  label?: string
  id?: string
}) {
  return (
    <InputNumber<number>
      {...rest}
      {...(label && { 'aria-label': label })}
      value={value === undefined ? null : value / 100}
      onChange={(yuan) => onChange?.(yuan === null ? undefined : Math.round(yuan * 100))}
      min={0}
      max={90_000_000_000}
      precision={2}
      controls={false}
      prefix="¥"
      style={{ width: '100%' }}
    />
  )
}
