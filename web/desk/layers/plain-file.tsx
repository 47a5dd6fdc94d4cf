import { Form } from 'antd'
import { formatBytes } from '../cases/format.ts'

/** Chooses one file and says which. */
export function PlainFile(o: {
  id: string
  label: string
  button: string
  hint: string
  accept: string
  file: File | undefined
  choose(file: File | undefined): void
  error?: string
}) {
  return (
    <Form.Item label={o.label} htmlFor={o.id} {...(o.error && { validateStatus: 'error' as const, help: o.error })}>
      <div className="file-pick">
        <input
          id={o.id}
          type="file"
          className="visually-hidden"
          accept={o.accept}
          onChange={(e) => o.choose(e.target.files?.[0])}
        />
        <label htmlFor={o.id} className="file-button">
          {o.button}
        </label>
        <span className={o.file ? undefined : 'muted'}>{o.file ? `${o.file.name} ${formatBytes(o.file.size)}` : o.hint}</span>
      </div>
    </Form.Item>
  )
}
