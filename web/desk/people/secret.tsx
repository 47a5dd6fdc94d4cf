import { Button, message } from 'antd'
import { useText } from '../../shell/language.tsx'

/** What is shown once: to be copied or written down before it is closed. */
export function Secret({ title, text, secret, onClose }: { title: string; text: string; secret: string; onClose(): void }) {
  const t = useText()
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    message.success(t.admin.token.copied)
  }
  return (
    <div role="status">
      <h2>{title}</h2>
      <code className="secret">{secret}</code>
      <p className="muted">{text}</p>
      <div className="sheet-foot">
        <Button onClick={copy}>{t.admin.token.copy}</Button>
        <Button type="primary" onClick={onClose}>
          {t.admin.team.finish}
        </Button>
      </div>
    </div>
  )
}
