import { Button } from 'antd'
import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import { formatMoment } from '../cases/format.ts'
import type { TemplateVersion } from './template-view.ts'

/** Every version that was ever saved or confirmed, newest first. */
export function VersionList({ versions, use }: { versions: TemplateVersion[]; use?(text: string): void }) {
  const t = useText()
  return (
    <Panel title={t.templates.versions}>
      {versions.length === 0 && <p className="muted">{t.templates.noVersions}</p>}
      <ol className="version-list">
        {versions.map(({ version, act, by, at: when, text }) => (
          <li key={version} className="row">
            <strong>{version}</strong>
            <span>{t.templates.acts[act]}</span>
            <span>{by}</span>
            <span className="muted">{formatMoment(when)}</span>
            {use && (
              <Button size="small" aria-label={`${t.templates.use} ${version}`} onClick={() => use(text)}>
                {t.templates.use}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
