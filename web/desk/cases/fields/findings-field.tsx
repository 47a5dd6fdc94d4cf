import { Input, Radio } from 'antd'
import type { Finding } from '../../../../src/cases/rules/codes.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { optionsOf } from '../closed-lists.ts'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

type Row = { claim: string; finding?: Finding; text?: string }

/** 是否属实 for each claim of the text, with what was found. */
export function FindingsField({ value = [], onChange }: WidgetProps<Row[]>) {
  const { language, t } = useLanguage()
  const { claims } = useCaseAtHand()
  if (claims.length === 0) return <p className="muted">{t.common.none}</p>
  const set = (claim: string, change: Partial<Row>) => {
    const row = value.find((each) => each.claim === claim) ?? { claim }
    onChange?.([...value.filter((each) => each.claim !== claim), { ...row, ...change }])
  }
  return (
    <div className="stack">
      {claims.map((claim) => {
        const row = value.find((each) => each.claim === claim.id)
        return (
          <fieldset className="boxed" key={claim.id}>
            <legend>{claim.text}</legend>
            <Radio.Group
              aria-label={claim.text}
              name={`findings.${claim.id}`}
              options={optionsOf('finding', language)}
              value={row?.finding ?? claim.finding}
              onChange={(e) => set(claim.id, { finding: e.target.value as Finding })}
            />
            <Input
              placeholder={t.case.findingText}
              aria-label={`${claim.text} ${t.case.findingText}`}
              value={row?.text ?? claim.findingText ?? ''}
              onChange={(e) =>
                set(claim.id, { ...(claim.finding && { finding: row?.finding ?? claim.finding }), text: e.target.value })
              }
            />
          </fieldset>
        )
      })}
    </div>
  )
}
