import { Input, Radio } from 'antd'
import type { Standards } from '../../../../src/cases/rules/case.ts'
import { type Answer, STANDARDS, type Standard } from '../../../../src/cases/rules/codes.ts'
import { STANDARD_LABELS } from '../../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import type { WidgetProps } from './widget-props.ts'

/** The five acceptance standards, each answered yes, no or does not apply, with a note. */
export function StandardsField({ value = {}, onChange }: WidgetProps<Partial<Standards>>) {
  const { language, t } = useLanguage()
  const set = (standard: Standard, change: { answer?: Answer; note?: string }) =>
    onChange?.({ ...value, [standard]: { ...value[standard], ...change } } as Partial<Standards>)
  return (
    <div className="stack">
      {STANDARDS.map((standard, at) => {
        const label = STANDARD_LABELS[standard][language]
        return (
          <fieldset className="boxed" key={standard}>
            <legend>
              {at + 1}. {label}
            </legend>
            <div className="answer-row">
              <Radio.Group
                aria-label={label}
                name={`standards.${standard}`}
                options={optionsOf('answer', language)}
                value={value[standard]?.answer}
                onChange={(e) => set(standard, { answer: e.target.value as Answer })}
              />
              <Input
                placeholder={t.fields.note}
                aria-label={t.words.noteFor(label)}
                value={value[standard]?.note ?? ''}
                onChange={(e) => set(standard, { note: e.target.value })}
              />
            </div>
          </fieldset>
        )
      })}
    </div>
  )
}
