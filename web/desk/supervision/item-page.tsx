import '../cases/case-page.css'
import './supervision.css'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ItemMove } from '../../../src/supervision/rules/codes.ts'
import { ITEM_MOVE_LABELS, ITEM_STATE_LABELS, KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ColourDot } from '../cases/colour-dot.tsx'
import { formatBytes, formatMoment } from '../cases/format.ts'
import { AnswerSheet } from './answer-sheet.tsx'
import { GroundList } from './ground-list.tsx'
import { ItemMoves } from './item-moves.tsx'
import { AnswerDue } from './item-table.tsx'
import { MoveSheet } from './move-sheet.tsx'
import { type AnswerView, type ItemDetail, type Stamp, useItem, useItemEvents } from './queries.ts'

/** One item of supervision: what is asked and why, of which cases, until when, what was answered, and who may do what next. */
export function ItemPage() {
  const { t } = useLanguage()
  const { id = '' } = useParams()
  return (
    <>
      <p className="crumb">
        <Link to="/supervision">← {t.supervision.back}</Link>
      </p>
      <Loaded query={useItem(id)}>{(item) => <Item key={id} item={item} />}</Loaded>
    </>
  )
}

function Item({ item }: { item: ItemDetail }) {
  const { t } = useLanguage()
  const [move, setMove] = useState<ItemMove>()
  useTitle(item.title, t.product)
  const close = () => setMove(undefined)
  return (
    <>
      <Head item={item} />
      <div className="case-body">
        <div className="case-side">
          <ItemMoves item={item} open={setMove} />
          <ClockOfAnswer item={item} />
        </div>
        <div className="case-main">
          <Panel title={t.supervision.item.text}>
            <p className="verbatim letter-text">{item.text}</p>
            <p className="row">
              {(['docx', 'pdf'] as const).map((format) => (
                <a key={format} href={`/api/supervision/${item.id}/letter.${format}`} download>
                  {t.supervision.letterAs(format)}
                </a>
              ))}
            </p>
          </Panel>
          <Panel title={t.supervision.item.grounds}>
            <GroundList grounds={item.grounds} />
            {item.follows && (
              <p>
                <Link to={`/supervision/${item.follows}`}>{t.supervision.item.follows}</Link>
              </p>
            )}
          </Panel>
          <Panel title={t.supervision.cases}>
            <CaseRows item={item} />
          </Panel>
          {item.sent && <Answers item={item} />}
          <Story id={item.id} />
        </div>
      </div>
      {move === 'answer' && <AnswerSheet item={item} onClose={close} />}
      {move && move !== 'answer' && <MoveSheet key={move} item={item} move={move} onClose={close} />}
    </>
  )
}

function Head({ item }: { item: ItemDetail }) {
  const { t, language } = useLanguage()
  const leader = item.leader && [item.leader.name, item.leader.title].filter(Boolean).join(' ')
  return (
    <>
      <PageHead
        title={item.title}
        note={
          <span className="row">
            <span className="mark">{KIND_LABELS[item.kind][language]}</span>
            <span className="mark mark-state">{ITEM_STATE_LABELS[item.state][language]}</span>
            {item.origin === 'hand' && <span className="mark">{t.supervision.item.manual}</span>}
            {item.no && <span className="number">{item.no}</span>}
          </span>
        }
      />
      <div className="panel">
        <div className="panel-body">
          <Facts
            facts={[
              { label: t.supervision.org, value: item.orgName },
              { label: t.supervision.item.leader, value: leader },
              { label: t.supervision.item.signedBy, value: item.signed && who(item.signed) },
              { label: t.supervision.due, value: item.due && <AnswerDue item={item} /> },
            ]}
          />
        </div>
      </div>
    </>
  )
}

const who = ({ by }: Stamp) => [by.orgName, by.title, by.name].filter(Boolean).join(' ')

function ClockOfAnswer({ item }: { item: ItemDetail }) {
  const { t } = useLanguage()
  const { clock, step } = item
  const { answer } = step.value
  const steps = clock?.steps.map((s) => t.clockSteps[s.key as keyof typeof t.clockSteps]?.(s.params) ?? s.key) ?? []
  return (
    <Panel title={t.supervision.item.clock}>
      {!answer && <p className="muted">{t.supervision.item.noClock}</p>}
      {answer && !clock && <p className="muted">{t.supervision.item.notSent(answer.length, answer.unit === 'working')}</p>}
      {clock && (
        <>
          <p className="row">
            <AnswerDue item={item} />
            {clock.stopped && <span className="mark mark-good">{t.supervision.item.stopped(clock.stopped)}</span>}
          </p>
          <details className="why-due small">
            <summary>{t.clock.why}</summary>
            <ol>
              {steps.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </details>
        </>
      )}
      <p className="muted small">
        {t.clock.source}
        {t.colon}
        {step.version} {step.source} {step.unverified && <span className="mark mark-sample">{t.clock.unverified}</span>}
      </p>
    </Panel>
  )
}

function CaseRows({ item }: { item: ItemDetail }) {
  const { t } = useLanguage()
  const columns: Column<ItemDetail['cases'][number]>[] = [
    {
      key: 'colour',
      title: t.supervision.item.fellow,
      width: '96px',
      render: (c) => <ColourDot colour={c.colour} why={c.why} />,
    },
    { key: 'no', title: t.list.no, width: '136px', render: (c) => <span className="number nowrap">{c.no}</span> },
    { key: 'title', title: t.list.problem, phone: 'head', render: (c) => <Link to={`/cases/${c.id}`}>{c.title}</Link> },
    { key: 'due', title: t.list.due, width: '110px', render: (c) => <span className="number nowrap">{c.due ?? ''}</span> },
    { key: 'leader', title: t.supervision.item.leader, width: '140px', render: (c) => c.leader?.name ?? '' },
  ]
  return <DataTable caption={t.supervision.cases} columns={columns} rows={item.cases} rowKey={(c) => c.id} />
}

function Answers({ item }: { item: ItemDetail }) {
  const { t } = useLanguage()
  return (
    <Panel title={t.supervision.item.answers}>
      {item.answers.length === 0 && <p className="muted">{t.supervision.item.noAnswers}</p>}
      <ol className="timeline">
        {item.answers.map((answer) => (
          <Answer key={answer.at} id={item.id} answer={answer} />
        ))}
      </ol>
    </Panel>
  )
}

function Answer({ id, answer }: { id: string; answer: AnswerView }) {
  const { t } = useLanguage()
  const { decided } = answer
  return (
    <li>
      <p className="timeline-when">
        <time className="number" dateTime={answer.at}>
          {formatMoment(answer.at)}
        </time>
        <span className="muted">{who(answer)}</span>
      </p>
      <p className="timeline-text verbatim">{answer.text}</p>
      <p className="row">
        {answer.files.map((file) => (
          <a key={file.id} href={`/api/supervision/${id}/files/${file.id}`}>
            {file.name} ({formatBytes(file.bytes)})
          </a>
        ))}
      </p>
      {decided && (
        <p className="small">
          <span className={`mark ${decided.accepted ? 'mark-good' : 'mark-warn'}`}>
            {decided.accepted ? t.supervision.item.accepted : t.supervision.item.notAccepted}
          </span>{' '}
          {decided.by.name} {decided.reason}
        </p>
      )}
    </li>
  )
}

function Story({ id }: { id: string }) {
  const { t, language } = useLanguage()
  return (
    <Panel title={t.supervision.item.story}>
      <Loaded query={useItemEvents(id)}>
        {({ events }) => (
          <ol className="timeline">
            {events.toReversed().map((e) => (
              <li key={e.version}>
                <p className="timeline-when">
                  <time className="number" dateTime={e.at}>
                    {formatMoment(e.at)}
                  </time>
                  <span className="muted">{[e.by.orgName, e.by.title, e.by.name].filter(Boolean).join(' ')}</span>
                </p>
                <p className="timeline-text">
                  {ITEM_MOVE_LABELS[e.type][language]}
                  {e.reason && `${t.colon}${e.reason}`}
                </p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  )
}
