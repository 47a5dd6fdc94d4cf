import { Radio } from 'antd'
import { useState } from 'react'
import { type Day, daysBetween } from '../../../src/base/rules/day.ts'
import type { EvidenceItem } from '../../../src/cases/rules/case.ts'
import { STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { isDecision, type Stage, stagesOf } from '../../../src/cases/rules/stages.ts'
import { ROLE_LABELS } from '../../../src/people/rules/actor.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Happening } from './case-view.ts'
import { formatMoment } from './format.ts'
import { useEvents } from './queries.ts'
import { tell } from './tell.ts'
import { today } from './today.ts'
import { UndoLast } from './use-undo.tsx'
import { type DueBefore, dueBefore, whatChanged } from './what-changed.ts'

/** 办理经过: the story in stages, each event as a sentence with who, when and what changed by it. */
export function TimelinePanel({ id, evidence }: { id: string; evidence: readonly EvidenceItem[] }) {
  const t = useText()
  const [show, setShow] = useState<Show>({ decisions: false, oldest: false })
  return (
    <Panel title={t.case.timeline} id="story" extra={<Switches show={show} change={setShow} />}>
      <UndoLast id={id} />
      <Loaded query={useEvents(id)}>{({ events }) => <Story {...{ id, events, evidence, show }} />}</Loaded>
    </Panel>
  )
}

type Show = { decisions: boolean; oldest: boolean }

function Switches({ show, change }: { show: Show; change(show: Show): void }) {
  const t = useText().casePage.story
  return (
    <span className="row story-switches">
      <Radio.Group
        size="small"
        optionType="button"
        aria-label={t.filter}
        value={show.decisions}
        onChange={(e) => change({ ...show, decisions: e.target.value })}
        options={[
          { value: false, label: t.all },
          { value: true, label: t.decisions },
        ]}
      />
      <Radio.Group
        size="small"
        optionType="button"
        aria-label={t.order}
        value={show.oldest}
        onChange={(e) => change({ ...show, oldest: e.target.value })}
        options={[
          { value: false, label: t.newest },
          { value: true, label: t.oldest },
        ]}
      />
    </span>
  )
}

type StoryProps = { id: string; events: readonly Happening[]; evidence: readonly EvidenceItem[]; show: Show }

function Story({ id, events, evidence, show }: StoryProps) {
  const t = useText()
  if (events.length === 0) return <p className="muted">{t.timeline.none}</p>
  const inOrder = <T,>(list: readonly T[]) => (show.oldest ? list : list.toReversed())
  const due = dueBefore(events)
  const stages = stagesOf(events)
    .map((stage) => ({ ...stage, events: stage.events.filter((event) => !show.decisions || isDecision(event)) }))
    .filter((stage) => stage.events.length > 0)
  return (
    <div className="story">
      {stages.length === 0 && <p className="muted">{t.casePage.story.none}</p>}
      {inOrder(stages).map((stage) => (
        <section key={stage.events[0]!.version} className="story-stage">
          <StageHead stage={stage} />
          <ol className="timeline">
            {inOrder(stage.events).map((event) => (
              <Entry key={event.version} event={event} due={due} thumb={thumbOf(id, event, evidence)} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function StageHead({ stage: { state, from, to } }: { stage: Stage }) {
  const { language, t } = useLanguage()
  const words = t.casePage.story
  const days = (end: Day) => daysBetween(from, end)
  return (
    <h3 className="story-head">
      {STATE_LABELS[state][language]}{' '}
      <span className="muted small number">
        {to === undefined ? words.open(from, days(today())) : to === from ? words.oneDay(from) : words.period(from, to, days(to))}
      </span>
    </h3>
  )
}

function Entry({ event, due, thumb }: { event: Happening; due: DueBefore; thumb: string | undefined }) {
  const { language, t } = useLanguage()
  const { by, data } = event
  const moved = data.from !== null && data.from !== data.to
  const changes = whatChanged(event, { words: t.casePage.story, due })
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
      {changes.length > 0 && (
        <p className="small timeline-changes">
          {changes.map((change) => (
            <span key={change} className="mark">
              {change}
            </span>
          ))}
        </p>
      )}
      {thumb && <img src={thumb} alt="" loading="lazy" className="timeline-thumb" />}
    </li>
  )
}

function thumbOf(id: string, event: Happening, evidence: readonly EvidenceItem[]): string | undefined {
  if (event.type !== 'evidence_added') return undefined
  const item = evidence.find((each) => each.id === event.data.act?.item?.id)
  return item?.mime.startsWith('image/') ? `/api/cases/${id}/evidence/${item.id}/thumb` : undefined
}
