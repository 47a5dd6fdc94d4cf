import { Button, Form, Input, message } from 'antd'
import { useState } from 'react'
import { ITEM_MOVE_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { formatBytes } from '../cases/format.ts'
import { Refusal } from './move-sheet.tsx'
import type { ItemDetail } from './queries.ts'

const MOST_FILES = 5

/** The unit's answer with its files. Words are kept as a draft; files cannot be. */
export function AnswerSheet({ item, onClose }: { item: ItemDetail; onClose(): void }) {
  const { t, language } = useLanguage()
  const [form] = Form.useForm<{ text: string }>()
  const [files, setFiles] = useState<readonly File[]>([])
  const draft = useDraft<{ text: string }>(`supervision.${item.id}.answer`)
  const name = ITEM_MOVE_LABELS.answer[language]
  const send = useSend<ItemDetail>({
    onDone: () => {
      draft.clear()
      message.success(t.supervision.item.done(name))
      onClose()
    },
  })
  const submit = ({ text }: { text: string }) => {
    const body = new FormData()
    body.set('text', text.trim())
    for (const file of files) body.append('file', file)
    send.mutate({ path: `/api/supervision/${item.id}/answer`, body, version: item.version })
  }
  return (
    <Sheet title={`${name} · ${item.no ?? ''}`} open onClose={onClose}>
      <p className="muted sheet-case">{item.title}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={draft.read() ?? {}}
        onValuesChange={() => draft.write(form.getFieldsValue(true))}
        onFinish={submit}
        disabled={send.isPending}
      >
        <Form.Item
          name="text"
          label={t.supervision.item.answerText}
          rules={[{ required: true, whitespace: true, message: t.common.missing(t.supervision.item.answerText) }]}
        >
          <Input.TextArea autoSize={{ minRows: 6 }} maxLength={6000} />
        </Form.Item>
        <Files files={files} choose={setFiles} />
        <div className="sheet-foot">
          {send.error && <Refusal id={item.id} error={send.error} forget={send.reset} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.common.submit}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

function Files({ files, choose }: { files: readonly File[]; choose(files: readonly File[]): void }) {
  const { t } = useLanguage()
  return (
    <Form.Item label={t.supervision.item.files} htmlFor="answer-files">
      <div className="file-pick">
        <input
          id="answer-files"
          type="file"
          multiple
          className="visually-hidden"
          accept=".pdf,.docx,.xlsx,.ofd,image/jpeg,image/png,image/webp"
          onChange={(e) => choose([...(e.target.files ?? [])].slice(0, MOST_FILES))}
        />
        <label htmlFor="answer-files" className="file-button">
          {t.supervision.item.chooseFiles}
        </label>
        <span className={files.length > 0 ? undefined : 'muted'}>
          {files.map((f) => `${f.name} ${formatBytes(f.size)}`).join(t.common.listSeparator) || t.supervision.item.noFiles}
        </span>
      </div>
    </Form.Item>
  )
}
