import { OrgSelect } from './org-select.tsx'
import type { WidgetProps } from './widget-props.ts'

/** An organisation. */
export function OrgField({ field: _, ...rest }: WidgetProps<string>) {
  return <OrgSelect {...rest} />
}
