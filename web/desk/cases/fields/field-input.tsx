import { Checkbox, Input, InputNumber } from 'antd'
import type { ComponentType } from 'react'
import { useText } from '../../../shell/language.tsx'
import { DayInput } from '../../../ui/day-input.tsx'
import type { Widget } from '../move-forms.ts'
import { ApproverField } from './approver-field.tsx'
import { ClaimsField } from './claims-field.tsx'
import { CodeField } from './code-field.tsx'
import { CodesField } from './codes-field.tsx'
import { ColourField } from './colour-field.tsx'
import { DutiesField } from './duties-field.tsx'
import { ExplainedField } from './explained-field.tsx'
import { FindingsField } from './findings-field.tsx'
import { LeaderField } from './leader-field.tsx'
import { MeasuresDoneField } from './measures-done-field.tsx'
import { MeasuresField } from './measures-field.tsx'
import { MilestonesDoneField } from './milestones-done-field.tsx'
import { OnSiteField } from './on-site-field.tsx'
import { OrgField } from './org-field.tsx'
import { OtherCaseField } from './other-case-field.tsx'
import { PointInput } from './point-input.tsx'
import { ResultField } from './result-field.tsx'
import { SecrecyField } from './secrecy-field.tsx'
import { SpentField } from './spent-field.tsx'
import { StandardsField } from './standards-field.tsx'
import { TermField } from './term-field.tsx'
import type { WidgetProps } from './widget-props.ts'
import { YesNoField } from './yes-no-field.tsx'

/** The widget of a field; which value each speaks is the form's business, so the table forgets it. */
export function FieldInput(props: WidgetProps<never>) {
  const Input = WIDGETS[props.field.widget]
  return <Input {...props} />
}

const WIDGETS: Record<Widget, ComponentType<WidgetProps<never>>> = {
  text: TextField,
  paragraph: (props: WidgetProps<string>) => <Paragraph {...props} most={500} />,
  longText: (props: WidgetProps<string>) => <Paragraph {...props} most={20_000} />,
  day: ({ field: _, ...rest }: WidgetProps<string>) => <DayInput {...rest} />,
  count: ({ field: _, ...rest }: WidgetProps<number>) => <NumberField {...rest} />,
  percent: ({ field: _, ...rest }: WidgetProps<number>) => <NumberField {...rest} max={100} />,
  check: CheckField,
  code: CodeField,
  codes: CodesField,
  radio: CodeField,
  yesNo: YesNoField,
  colour: ColourField,
  secrecy: SecrecyField,
  result: ResultField,
  org: OrgField,
  leader: LeaderField,
  approver: ApproverField,
  otherCase: OtherCaseField,
  term: TermField,
  duties: DutiesField,
  claims: ClaimsField,
  measures: MeasuresField,
  standards: StandardsField,
  onSite: OnSiteField,
  point: ({ field: _, ...rest }: WidgetProps<{ lng?: string; lat?: string; crs?: string }>) => <PointInput {...rest} />,
  measuresDone: MeasuresDoneField,
  milestonesDone: MilestonesDoneField,
  explained: ExplainedField,
  spentFen: SpentField,
  findings: FindingsField,
} as Record<Widget, ComponentType<WidgetProps<never>>>

function TextField({ field: _, value, onChange, id }: WidgetProps<string>) {
  return <Input {...(id && { id })} value={value ?? ''} maxLength={500} onChange={(e) => onChange?.(e.target.value)} />
}

function Paragraph({ value, onChange, id, most }: WidgetProps<string> & { most: number }) {
  return (
    <Input.TextArea
      {...(id && { id })}
      value={value ?? ''}
      maxLength={most}
      autoSize={{ minRows: 3, maxRows: 14 }}
      onChange={(e) => onChange?.(e.target.value)}
    />
  )
}

function NumberField({
  value,
  onChange,
  id,
  max,
}: {
  value?: number
  onChange?(n: number | undefined): void
  id?: string
  max?: number
}) {
  return (
    <InputNumber<number>
      {...(id && { id })}
      {...(max !== undefined && { max })}
      value={value ?? null}
      min={0}
      precision={0}
      onChange={(n) => onChange?.(n ?? undefined)}
      style={{ width: 140 }}
    />
  )
}

function CheckField({ field, value, onChange, id }: WidgetProps<boolean>) {
  const t = useText()
  return (
    <Checkbox {...(id && { id })} checked={value ?? false} onChange={(e) => onChange?.(e.target.checked)}>
      {t.fields[field.label]}
    </Checkbox>
  )
}
