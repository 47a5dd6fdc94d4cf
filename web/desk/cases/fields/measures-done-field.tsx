import { Checkbox } from 'antd'
import { useText } from '../../../shell/language.tsx'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

/** Which measures of the plan are done now; those done before are not asked again. */
export function MeasuresDoneField({ value, onChange }: WidgetProps<string[]>) {
  const t = useText()
  const open = useCaseAtHand().measures.filter((measure) => !measure.doneOn)
  if (open.length === 0) return <p className="muted">{t.words.noPlan}</p>
  const options = open.map((measure) => ({ value: measure.id, label: measure.text }))
  return (
    <Checkbox.Group className="check-lines" options={options} {...(value && { value })} onChange={(ids) => onChange?.(ids)} />
  )
}
