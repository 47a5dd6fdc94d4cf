import { Button, Form, Input, message, Radio, Select } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { useMyDraft } from '../../shell/use-my-draft.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Detail } from './case-view.ts'
import { optionsOf } from './closed-lists.ts'
import { type EvidenceValues, evidenceForm } from './evidence-form.ts'
import { FilePick } from './fields/file-pick.tsx'
import { PointInput } from './fields/point-input.tsx'
import { formatMoment } from './format.ts'

/** Uploads one file with what the sender says of it. Words are kept as a draft; a file cannot be. */
export function EvidenceSheet({ c, onClose }: { c: Detail; onClose(): void }) {
  const { t } = useLanguage()
  const [form] = Form.useForm<EvidenceValues>()
  const [file, setFile] = useState<File>()
  const [missing, setMissing] = useState(false)
  const draft = useMyDraft<KeptEvidence>(`evidence.${c.id}`)
  const [kept, setKept] = useState(() => (draft.read()?.values ? draft.read() : undefined))
  const keep = (name = file?.name) =>
    draft.write({ values: form.getFieldsValue(true), ...(name && { file: name }), at: new Date().toISOString() })
  const send = useSend<Detail>({
    onDone: () => {
      draft.clear()
      message.success(t.evidence.sent)
      onClose()
    },
  })
  const submit = (values: EvidenceValues) => {
    setMissing(!file)
    if (file) send.mutate({ path: `/api/cases/${c.id}/evidence`, body: evidenceForm(values, file) })
  }
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    if (chosen) keep(chosen.name)
  }
  const discard = () => {
    draft.clear()
    setKept(undefined)
    form.resetFields()
    form.setFieldsValue(EMPTY)
  }
  return (
    <Sheet title={t.evidence.add} open onClose={onClose}>
      <p className="hint">{t.evidence.hint}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={kept?.values ?? EMPTY}
        onValuesChange={() => keep()}
        onFinish={submit}
        disabled={send.isPending}
        scrollToFirstError
      >
        {kept && <FoundDraft kept={kept} chosen={file !== undefined} discard={discard} />}
        <FilePick file={file} choose={choose} missing={missing && !file} />
        <Words c={c} />
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.common.submit}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

type KeptEvidence = { values: EvidenceValues; file?: string; at: string }
const EMPTY: EvidenceValues = { kind: 'after' }

// Words come back, a file cannot: it is named, so that the right one is chosen again.
function FoundDraft({ kept, chosen, discard }: { kept: KeptEvidence; chosen: boolean; discard(): void }) {
  const { t } = useLanguage()
  return (
    <p className="hint row" role="status">
      {t.casePage.draft.found(formatMoment(kept.at))} {kept.file && !chosen && t.casePage.draft.file(kept.file)}
      <Button size="small" onClick={discard}>
        {t.moves.discard}
      </Button>
    </p>
  )
}

function Words({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  const kind = Form.useWatch<string | undefined>('kind')
  const measures = (c.plan?.measures ?? []).map((measure) => ({ value: measure.id, label: measure.text }))
  const claims = c.claims.map((claim) => ({ value: claim.id, label: claim.text }))
  return (
    <>
      <Form.Item name="kind" label={t.fields.evidenceKind} rules={[{ required: true }]}>
        <Radio.Group options={optionsOf('evidenceKind', language)} />
      </Form.Item>
      {kind === 'document' ? <DocumentFields /> : <PhotoFields />}
      {measures.length > 0 && (
        <Form.Item name="measure" label={t.fields.measure}>
          <Select allowClear options={measures} placeholder={t.common.choose} />
        </Form.Item>
      )}
      {claims.length > 0 && (
        <Form.Item name="claim" label={t.fields.claim}>
          <Select allowClear options={claims} placeholder={t.common.choose} />
        </Form.Item>
      )}
    </>
  )
}

function DocumentFields() {
  const { t } = useLanguage()
  const needed = (name: 'docNo' | 'docTitle' | 'docIssuer' | 'docIssuedOn') => ({
    name,
    label: t.fields[name],
    rules: [{ required: true, message: t.common.missing(t.fields[name]) }],
  })
  return (
    <>
      <Form.Item {...needed('docTitle')}>
        <Input maxLength={500} />
      </Form.Item>
      <div className="two">
        <Form.Item {...needed('docNo')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item {...needed('docIssuedOn')}>
          <DayInput />
        </Form.Item>
      </div>
      <Form.Item {...needed('docIssuer')}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}

// What a photo without readable time and place must be told of; with EXIF the file's own word wins.
function PhotoFields() {
  const { t } = useLanguage()
  return (
    <fieldset className="boxed">
      <legend>{t.evidence.withoutExif}</legend>
      <Form.Item name="attestation" label={t.fields.attestation} extra={t.hints.attestation}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="takenAt" label={t.fields.takenAt}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="point" label={t.fields.point}>
        <PointInput />
      </Form.Item>
    </fieldset>
  )
}
