import type { Field } from './move-forms.ts'

/** The fields of 登记 beside the division, part by part. */
export const REPORT_FORM: Record<'what' | 'where' | 'more', readonly Field[]> = {
  what: [
    { name: 'title', widget: 'text', label: 'title', required: true },
    { name: 'source', widget: 'code', label: 'source', list: 'source', required: true },
    { name: 'originalText', widget: 'longText', label: 'originalText', required: true, hint: 'originalText' },
    { name: 'category', widget: 'code', label: 'category', list: 'category' },
    { name: 'thing', widget: 'radio', label: 'thing', list: 'thing' },
    { name: 'severity', widget: 'radio', label: 'severity', list: 'severity' },
    { name: 'pollution', widget: 'codes', label: 'pollution', list: 'pollution' },
    { name: 'claims', widget: 'claims', label: 'claims', hint: 'claims' },
  ],
  where: [
    { name: 'address', widget: 'text', label: 'address' },
    { name: 'point', widget: 'point', label: 'point', hint: 'point' },
  ],
  more: [
    { name: 'foundOn', widget: 'day', label: 'foundOn' },
    { name: 'batch', widget: 'text', label: 'batch' },
    { name: 'originalNo', widget: 'text', label: 'originalNo' },
    { name: 'enterprise', widget: 'text', label: 'enterprise' },
    { name: 'secrecy', widget: 'secrecy', label: 'secrecy' },
    { name: 'common', widget: 'check', label: 'common' },
  ],
}
