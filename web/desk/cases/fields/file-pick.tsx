import { Form } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '../../../shell/language.tsx'
import { formatBytes } from '../format.ts'

/** Chooses one file, and shows what was chosen before it is sent. */
export function FilePick({
  file,
  choose,
  missing,
}: {
  file: File | undefined
  choose(file: File | undefined): void
  missing: boolean
}) {
  const t = useText()
  const preview = usePreview(file)
  return (
    <Form.Item
      label={t.evidence.file}
      required
      htmlFor="evidence-file"
      {...(missing && { validateStatus: 'error', help: t.evidence.fileMissing })}
    >
      <div className="file-pick">
        <input
          id="evidence-file"
          type="file"
          className="visually-hidden"
          accept="image/jpeg,image/png,image/webp,application/pdf"
          onChange={(e) => choose(e.target.files?.[0])}
        />
        <label htmlFor="evidence-file" className="file-button">
          {t.evidence.choose}
        </label>
        <span className={file ? undefined : 'muted'}>{file ? `${file.name} ${formatBytes(file.size)}` : t.evidence.types}</span>
      </div>
      {preview && <img src={preview} alt="" className="timeline-thumb" />}
    </Form.Item>
  )
}

function usePreview(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file?.type.startsWith('image/')) return setUrl(undefined)
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
