import { Button } from 'antd'
import type { Placeholder } from '../../../src/admin/templates/rules/kinds.ts'
import { useLanguage } from '../../shell/language.tsx'

/** What a template may name, each explained; a click puts it where the cursor stands. */
export function PlaceholderList({ placeholders, insert }: { placeholders: readonly Placeholder[]; insert?(what: string): void }) {
  const { language, t } = useLanguage()
  return (
    <ul className="placeholder-list">
      {placeholders.map((one) => (
        <li key={one.name}>
          {insert ? (
            <Button size="small" type="text" aria-label={t.templates.insert(one.name)} onClick={() => insert(written(one))}>
              <code>{`{{${one.rows ? '#' : ''}${one.name}}}`}</code>
            </Button>
          ) : (
            <code>{`{{${one.rows ? '#' : ''}${one.name}}}`}</code>
          )}
          <span>
            {one[language]}
            {one.rows && <span className="muted"> · {t.templates.repeats}</span>}
          </span>
          {one.rows && <PlaceholderList placeholders={one.rows} {...(insert ? { insert } : {})} />}
        </li>
      ))}
    </ul>
  )
}

function written({ name, rows }: Placeholder): string {
  if (!rows) return `{{${name}}}`
  return `{{#${name}}}\n| ${rows.map((row) => `{{${row.name}}}`).join(' | ')} |\n{{/${name}}}\n`
}
