import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import { differences } from './differences.ts'

/** What an office changed in the text that ships. */
export function DifferencePanel({ before, after }: { before: string; after: string }) {
  const t = useText()
  const changed = before === after ? [] : differences(before, after).filter(({ kind }) => kind !== 'same')
  return (
    <Panel title={t.templates.difference}>
      {changed.length === 0 ? (
        <p className="muted">{t.templates.noDifference}</p>
      ) : (
        <ul className="difference">
          {changed.map(({ kind, text, line }) => (
            <li key={`${kind} ${line}`} className={kind}>
              <span className="visually-hidden">{kind === 'added' ? t.templates.added : t.templates.removed}</span>
              <span aria-hidden="true">{kind === 'added' ? '+' : '−'}</span> {line} <code>{text || ' '}</code>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
