import { useText } from '../../shell/language.tsx'

/** Whether a text is confirmed, in words. */
export function ConfirmedMark({ confirmed }: { confirmed: boolean }) {
  const t = useText()
  return confirmed ? (
    <span className="mark">{t.templates.confirmed}</span>
  ) : (
    <span className="mark mark-warn">{t.templates.specimen}</span>
  )
}
