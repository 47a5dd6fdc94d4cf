import { Button, Form, Input, message, Select } from 'antd'
import { useState } from 'react'
import { MOVES } from '../../../src/cases/rules/codes.ts'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useOrganisations, useRegions } from '../directory.ts'
import type { TargetRow } from './target-view.ts'

type Values = { kind: TargetRow['kind']; secrecy: number } & Partial<
  Record<'name' | 'url' | 'secret' | 'region' | 'org', string> & { kinds: string[] }
>

/** Sets up a target; the secret of a webhook is shown once, then the form closes. */
export function TargetSheet({ onClose }: { onClose(): void }) {
  const { t } = useLanguage()
  const [secret, setSecret] = useState<string>()
  const send = useSend<{ secret: string | null }>({
    onDone: (made) => {
      message.success(t.targets.created)
      if (made.secret) setSecret(made.secret)
      else onClose()
    },
  })
  return (
    <Sheet title={t.targets.add} open onClose={onClose}>
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <Form<Values>
          layout="vertical"
          initialValues={{ kind: 'webhook', secrecy: 0 }}
          disabled={send.isPending}
          onFinish={(values) => send.mutate({ path: '/api/targets', body: given(values) })}
          scrollToFirstError
        >
          <Place />
          <Narrow />
          <div className="sheet-foot">
            {send.error && <ProblemAlert error={send.error} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t.targets.create}
            </Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        </Form>
      )}
    </Sheet>
  )
}

const given = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))

function Place() {
  const { t } = useLanguage()
  const kinds = (['webhook', 'wecom', 'dingtalk'] as const).map((value) => ({ value, label: t.targets.kinds[value] }))
  return (
    <>
      <Form.Item name="kind" label={t.targets.kind}>
        <Select options={kinds} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t.targets.name}
        rules={[{ required: true, whitespace: true, message: t.common.missing(t.targets.name) }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="url"
        label={t.targets.url}
        extra={t.targets.urlHint}
        rules={[{ required: true, pattern: /^https?:\/\/[^\s]+$/, message: t.targets.badUrl }]}
      >
        <Input maxLength={1000} inputMode="url" />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.kind !== b.kind}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'dingtalk' && (
            <Form.Item name="secret" label={t.targets.secret}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
          )
        }
      </Form.Item>
    </>
  )
}

function Narrow() {
  const { t, language } = useLanguage()
  const events = MOVES.map((move) => ({ value: `cases.${move}`, label: MOVE_LABELS[move][language] }))
  const regions = useRegions().map((area) => ({ value: area.code, label: area.name }))
  const orgs = useOrganisations().map((org) => ({ value: org.id, label: org.name }))
  const search = { showSearch: { optionFilterProp: 'label' as const }, allowClear: true, placeholder: t.targets.any }
  return (
    <>
      <Form.Item name="kinds" label={t.targets.events} extra={t.targets.eventsHint}>
        <Select mode="multiple" options={events} {...search} placeholder={t.targets.everything} />
      </Form.Item>
      <Form.Item name="secrecy" label={t.targets.level}>
        <Select options={t.targets.levels.map((label, value) => ({ value, label }))} />
      </Form.Item>
      <div className="two">
        <Form.Item name="region" label={t.targets.region}>
          <Select options={regions} {...search} />
        </Form.Item>
        <Form.Item name="org" label={t.targets.org}>
          <Select options={orgs} {...search} />
        </Form.Item>
      </div>
    </>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose(): void }) {
  const { t } = useLanguage()
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    message.success(t.targets.secretCopied)
  }
  return (
    <>
      <h3>{t.targets.secretTitle}</h3>
      <p>{t.targets.secretText}</p>
      <Input readOnly value={secret} aria-label={t.targets.secretTitle} onFocus={(e) => e.target.select()} />
      <div className="sheet-foot">
        <Button type="primary" onClick={copy}>
          {t.targets.copy}
        </Button>
        <Button onClick={onClose}>{t.common.close}</Button>
      </div>
    </>
  )
}
