import type { Field } from '../move-forms.ts'

/** What every widget gets: the form hands in the value and takes the new one. */
export type WidgetProps<T> = { id?: string; value?: T; onChange?(value: T | undefined): void; field: Field }
