import { Input } from 'antd'
import { parseTerm } from '../../../../src/base/rules/term.ts'
import type { Catalogue } from '../../../shell/catalogue/zh.ts'
import { useText } from '../../../shell/language.tsx'
import type { WidgetProps } from './widget-props.ts'

/** A deadline in the document's own words; what is understood by them shows at once. */
export function TermField({ id, value, onChange }: WidgetProps<string>) {
  const t = useText()
  return (
    <>
      <Input {...(id && { id })} value={value ?? ''} onChange={(e) => onChange?.(e.target.value)} maxLength={200} />
      {value && (
        <p className="muted small" aria-live="polite">
          {understood(value, t)}
        </p>
      )}
    </>
  )
}

function understood(words: string, t: Catalogue): string {
  const term = parseTerm(words, { year: new Date().getFullYear() })
  if (term.day) return t.words.termDay(term.day)
  if (term.kind === 'at_once') return t.words.termAtOnce
  return term.kind === 'long_term' ? t.words.termLongTerm : t.words.termUnknown
}
