import { Checkbox } from 'antd'
import { useText } from '../../../shell/language.tsx'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

/** Which milestones are reached now. */
export function MilestonesDoneField({ value, onChange }: WidgetProps<string[]>) {
  const t = useText()
  const open = useCaseAtHand().measures.flatMap((measure) => measure.milestones.filter((milestone) => !milestone.doneOn))
  if (open.length === 0) return <p className="muted">{t.common.none}</p>
  const options = open.map((milestone) => ({ value: milestone.id, label: `${milestone.due} ${milestone.text}` }))
  return (
    <Checkbox.Group className="check-lines" options={options} {...(value && { value })} onChange={(ids) => onChange?.(ids)} />
  )
}
