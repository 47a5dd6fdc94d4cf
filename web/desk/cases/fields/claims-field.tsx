import { Button, Input, Select } from 'antd'
import type { Claim } from '../../../../src/cases/rules/case.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import { freshId } from './fresh-id.ts'
import type { WidgetProps } from './widget-props.ts'

/** What the text alleges, claim by claim, each with its own kinds of pollution. */
export function ClaimsField({ value = [], onChange }: WidgetProps<Claim[]>) {
  const { language, t } = useLanguage()
  const set = (id: string, change: Partial<Claim>) =>
    onChange?.(value.map((claim) => (claim.id === id ? { ...claim, ...change } : claim)))
  return (
    <div className="stack">
      {value.map((claim, at) => (
        <fieldset className="boxed" key={claim.id}>
          <legend>{t.words.claim(at + 1)}</legend>
          <Input.TextArea
            aria-label={t.fields.claim}
            autoSize={{ minRows: 2 }}
            value={claim.text}
            onChange={(e) => set(claim.id, { text: e.target.value })}
          />
          <div className="row">
            <Select
              mode="multiple"
              aria-label={t.fields.pollution}
              placeholder={t.fields.pollution}
              options={optionsOf('pollution', language)}
              value={claim.pollution}
              onChange={(pollution) => set(claim.id, { pollution })}
              style={{ flex: 1, minWidth: 160 }}
            />
            <Button type="text" onClick={() => onChange?.(value.filter((each) => each.id !== claim.id))}>
              {t.common.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      <Button onClick={() => onChange?.([...value, { id: freshId('c', value), text: '', pollution: [] }])}>
        {t.words.addClaim}
      </Button>
    </div>
  )
}
