import type { WidgetProps } from './widget-props.ts'
import { OrgSelect } from './org-select.tsx'

/** An organisation. */
export function OrgField({ field: _, ...rest }: WidgetProps<string>) {
  return <OrgSelect {...rest} />
}
