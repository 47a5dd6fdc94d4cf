import { Popover } from 'antd'

export type Tone = 'red' | 'yellow' | 'green' | 'grey'

/** A coloured dot with its name; why it has that colour shows on hover and on focus. */
export function SignalDot({
  tone,
  label,
  reasons,
  title,
}: {
  tone: Tone
  label: string
  reasons: readonly string[]
  title: string
}) {
  const lines = reasons.length > 0 ? reasons : [label]
  const content = (
    <ul className="reasons">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  return (
    <Popover title={title} content={content} trigger={['hover', 'focus']}>
      <button type="button" className={`signal signal-${tone}`} aria-label={`${label}：${lines.join('；')}`}>
        {label}
      </button>
    </Popover>
  )
}
