import './report-page.css'
import { Button, Form, message, Result } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useSend } from '../../shell/use-api.ts'
import { useMyDraft } from '../../shell/use-my-draft.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { actOfForm } from './act-of-form.ts'
import type { Detail } from './case-view.ts'
import { AreaFields } from './fields/area-fields.tsx'
import { FieldItem } from './fields/field-item.tsx'
import { useFailed } from './fields/use-failed.ts'
import { REPORT_FORM } from './report-form.ts'

type Values = Record<string, unknown>

/** 登记问题. */
export function ReportPage() {
  const t = useText()
  useTitle(t.report.title, t.product)
  if (!useCan('case.report')) return <Result status="403" title={t.report.forbidden} />
  return (
    <>
      <PageHead title={t.report.title} note={t.report.note} />
      <ReportForm />
    </>
  )
}

function ReportForm() {
  const t = useText()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const { failed, onFinishFailed } = useFailed()
  const draft = useMyDraft<Values>('report')
  const [kept, setKept] = useState(draft.read)
  const discard = () => {
    draft.clear()
    setKept(undefined)
    form.setFieldsValue({
      ...Object.fromEntries(Object.keys(form.getFieldsValue(true)).map((name) => [name, undefined])),
      ...EMPTY,
    })
  }
  const send = useSend<Detail>({
    onDone: (c) => {
      draft.clear()
      message.success(t.report.done(c.no))
      navigate(`/cases/${c.id}`)
    },
  })
  return (
    <Form
      form={form}
      layout="vertical"
      className="report-form"
      initialValues={kept ?? EMPTY}
      onValuesChange={() => draft.write(form.getFieldsValue(true))}
      onFinish={() => send.mutate({ path: '/api/cases', body: reportOf(form.getFieldsValue(true)) })}
      onFinishFailed={onFinishFailed}
      validateTrigger={failed ? 'onChange' : 'onSubmit'}
      disabled={send.isPending}
      scrollToFirstError={{ focus: true }}
    >
      {kept && (
        <p className="hint row" role="status">
          {t.moves.draft}
          <Button size="small" onClick={discard}>
            {t.moves.discard}
          </Button>
        </p>
      )}
      <Panel title={t.report.what}>
        {REPORT_FORM.what.map((field) => (
          <FieldItem key={field.name} field={field} />
        ))}
      </Panel>
      <Panel title={t.report.where}>
        <AreaFields />
        {REPORT_FORM.where.map((field) => (
          <FieldItem key={field.name} field={field} />
        ))}
      </Panel>
      <Panel title={t.report.more}>
        {REPORT_FORM.more.map((field) => (
          <FieldItem key={field.name} field={field} />
        ))}
      </Panel>
      {send.error && <ProblemAlert error={send.error} />}
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t.report.title}
      </Button>
    </Form>
  )
}

const EMPTY: Values = { thing: 'place', severity: 'general' }

function reportOf(values: Values): Values {
  const place = actOfForm(REPORT_FORM.where, values)
  const { region, town, village } = values
  const area = { region, ...(town ? { town } : {}), ...(village ? { village } : {}) }
  return { ...actOfForm([...REPORT_FORM.what, ...REPORT_FORM.more], values), place: { ...area, ...place } }
}
