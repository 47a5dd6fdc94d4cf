import type { EvidenceItem } from '../../../src/cases/rules/case.ts'
import { STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { ROLE_LABELS } from '../../../src/people/rules/actor.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Happening } from './case-view.ts'
import { formatMoment } from './format.ts'
import { useEvents } from './queries.ts'
import { tell } from './tell.ts'
import { UndoLast } from './use-undo.tsx'

/** 办理经过: every event as a sentence, newest first. */
export function TimelinePanel({ id, evidence }: { id: string; evidence: readonly EvidenceItem[] }) {
  const { t } = useLanguage()
  return (
    <Panel title={t.case.timeline}>
      <UndoLast id={id} />
      <Loaded query={useEvents(id)}>
        {({ events }) =>
          events.length === 0 ? (
            <p className="muted">{t.timeline.none}</p>
          ) : (
            <ol className="timeline">
              {events.toReversed().map((event) => (
                <Entry key={event.version} event={event} thumb={thumbOf(id, event, evidence)} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Entry({ event, thumb }: { event: Happening; thumb: string | undefined }) {
  const { language, t } = useLanguage()
  const { by, data } = event
  const moved = data.from !== null && data.from !== data.to
  return (
    <li className={moved || data.from === null ? 'turn' : undefined}>
      <p className="timeline-when">
        <time className="number" dateTime={event.at}>
          {formatMoment(event.at)}
        </time>
        <span className="muted">
          {by.orgName ?? ROLE_LABELS[by.role][language]} {by.title !== by.name && by.title}{' '}
          <span className="timeline-who">{by.name}</span>
          {by.standIn && t.timeline.acting}
        </span>
        {moved && (
          <span className="mark mark-state">
            {t.timeline.stateChange(STATE_LABELS[data.from!][language], STATE_LABELS[data.to][language])}
          </span>
        )}
      </p>
      <p className="timeline-text">{tell(event, { t, language })}</p>
      {thumb && <img src={thumb} alt="" loading="lazy" className="timeline-thumb" />}
    </li>
  )
}

function thumbOf(id: string, event: Happening, evidence: readonly EvidenceItem[]): string | undefined {
  if (event.type !== 'evidence_added') return undefined
  const item = evidence.find((each) => each.id === event.data.act.item?.id)
  return item?.mime.startsWith('image/') ? `/api/cases/${id}/evidence/${item.id}/thumb` : undefined
}
