import { Button, Input, message, Popconfirm } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { placeholdersOf, sampleData, TEMPLATE_LABELS, type TemplateKind } from '../../../src/admin/templates/rules/kinds.ts'
import { fillTemplate } from '../../../src/base/paper/rules/fill.ts'
import { paperText } from '../../../src/base/paper/rules/texts.ts'
import { isRefusal } from '../../../src/base/rules/refusal.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ConfirmedMark } from './confirmed-mark.tsx'
import { DifferencePanel } from './difference-panel.tsx'
import { PaperView } from './paper-view.tsx'
import { PlaceholderList } from './placeholder-list.tsx'
import type { TemplateDetail } from './template-view.ts'
import { VersionList } from './version-list.tsx'

/** One kind of letter: its text to change, what it looks like, what differs from the default, who may confirm it. */
export function TemplatePage({ kind }: { kind: TemplateKind }) {
  const { t, language } = useLanguage()
  const name = TEMPLATE_LABELS[kind][language]
  useTitle(name, t.templates.title)
  return (
    <>
      <p className="crumb">
        <Link to="/templates">← {t.templates.back}</Link>
      </p>
      <Loaded query={useGet<TemplateDetail>(`/api/templates/${kind}`)}>
        {(template) => (
          <>
            <PageHead title={name} note={<ConfirmedMark confirmed={template.confirmed} />} extra={<Acts template={template} />} />
            <Editor key={template.version} template={template} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Acts({ template }: { template: TemplateDetail }) {
  const t = useText()
  const path = `/api/templates/${template.kind}`
  const confirm = useSend<TemplateDetail>({ onDone: () => void message.success(t.templates.confirmedNow) })
  const reset = useSend<TemplateDetail>()
  const { version } = template
  const mayConfirm = useCan('template.confirm') && !template.confirmed
  const mayReset = useCan('template.edit') && template.text !== template.shipped
  return (
    <span className="row">
      <a href={`${path}/preview.docx`}>docx</a>
      <a href={`${path}/preview.pdf`}>PDF</a>
      <a href={`${path}/preview.xlsx`}>xlsx</a>
      {mayReset && (
        <Popconfirm
          title={t.templates.toDefaultTitle}
          description={t.templates.toDefaultText}
          onConfirm={() => reset.mutate({ path: `${path}/default`, body: {}, version })}
        >
          <Button loading={reset.isPending}>{t.templates.toDefault}</Button>
        </Popconfirm>
      )}
      {mayConfirm && (
        <Popconfirm
          title={t.templates.confirmTitle}
          description={t.templates.confirmText}
          onConfirm={() => confirm.mutate({ path: `${path}/confirm`, body: {}, version })}
        >
          <Button type="primary" loading={confirm.isPending}>
            {t.templates.confirm}
          </Button>
        </Popconfirm>
      )}
      {confirm.error && <ProblemAlert error={confirm.error} />}
      {reset.error && <ProblemAlert error={reset.error} />}
    </span>
  )
}

function Editor({ template }: { template: TemplateDetail }) {
  const { t, language } = useLanguage()
  const { kind, version } = template
  const [text, setText] = useState(template.text)
  const area = useRef<HTMLDivElement>(null)
  const mayEdit = useCan('template.edit')
  const save = useSend<TemplateDetail>({ onDone: () => void message.success(t.templates.saved) })
  const filled = fillTemplate(text, sampleData(kind))
  const fault = isRefusal(filled) ? paperText(filled, language) : undefined
  const insert = (what: string) => {
    const field = area.current?.querySelector('textarea')
    const from = field?.selectionStart ?? text.length
    setText(text.slice(0, from) + what + text.slice(field?.selectionEnd ?? from))
  }
  return (
    <div className="template-body">
      <div className="template-side">
        <Panel title={t.templates.text}>
          <p className="muted small" id="template-hint">
            {t.templates.textHint}
          </p>
          <div ref={area}>
            <Input.TextArea
              className="template-text"
              aria-label={t.templates.text}
              aria-describedby="template-hint template-fault"
              value={text}
              readOnly={!mayEdit}
              spellCheck={false}
              autoSize={{ minRows: 18, maxRows: 34 }}
              status={fault ? 'error' : ''}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <p id="template-fault" className="template-fault" role="status">
            {fault}
          </p>
          {save.error && <ProblemAlert error={save.error} />}
          {mayEdit && (
            <span className="row">
              <Button
                type="primary"
                disabled={fault !== undefined || text === template.text}
                loading={save.isPending}
                onClick={() => save.mutate({ path: `/api/templates/${kind}`, body: { text }, version })}
              >
                {t.templates.save}
              </Button>
              {text !== template.text && <Button onClick={() => setText(template.text)}>{t.templates.revert}</Button>}
            </span>
          )}
        </Panel>
        <Panel title={t.templates.placeholders}>
          <PlaceholderList placeholders={placeholdersOf(kind)} {...(mayEdit ? { insert } : {})} />
        </Panel>
      </div>
      <div className="template-main">
        <Panel title={t.templates.preview}>
          <p className="muted small">{t.templates.previewNote}</p>
          {isRefusal(filled) ? (
            <MessageBox title={t.templates.faulty} text={fault} />
          ) : (
            <PaperView document={{ ...filled, specimen: !template.confirmed || text !== template.text }} />
          )}
        </Panel>
        <DifferencePanel before={template.shipped} after={text} />
        <VersionList versions={template.versions} {...(mayEdit ? { use: setText } : {})} />
      </div>
    </div>
  )
}
