import '../cases/list/list.css'
import './meeting.css'
import { Alert, Button, Form, Input, Modal, message } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Meeting, type MeetingItem, tallyOf } from '../../../src/cases/meetings/rules/meeting.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { BulkSheet } from '../cases/list/bulk-sheet.tsx'
import { useBulkRun } from '../cases/list/use-bulk-run.ts'
import { AgendaTable } from './agenda-table.tsx'
import { Candidates } from './candidates.tsx'
import { FactFields } from './meetings-page.tsx'

/** One meeting: facts, agenda with the decisions, what was said; printed, it is the minutes. */
export function MeetingPage() {
  const t = useText()
  const { id = '' } = useParams()
  return (
    <>
      <p className="crumb">
        <Link to="/meetings">← {t.meetings.back}</Link>
      </p>
      <Loaded query={useGet<Meeting>(`/api/meetings/${encodeURIComponent(id)}`)}>
        {(m) => <OneMeeting key={`${m.id} ${m.version}`} m={m} />}
      </Loaded>
    </>
  )
}

type Facts = Pick<Meeting, 'heldOn' | 'place' | 'chair' | 'attendees'> & { minutes: string }

function OneMeeting({ m }: { m: Meeting }) {
  const t = useText()
  const [form] = Form.useForm<Facts>()
  const [items, setItems] = useState(m.items)
  const [changed, setChanged] = useState(false)
  const edits = useCan('meeting.manage') && !m.closedAt && m.hidden === 0
  const save = useSend<Meeting>({ onDone: () => void message.success(t.meetings.saved) })
  const close = useSend<Meeting>({ onDone: () => void message.success(t.meetings.closed) })
  useTitle(t.meetings.of(m.heldOn), t.product)
  const submit = (facts: Facts) =>
    save.mutate({
      method: 'PUT',
      path: `/api/meetings/${m.id}`,
      version: m.version,
      body: { ...facts, attendees: facts.attendees ?? [], minutes: facts.minutes ?? '', items: items.map(wordsOf) },
    })
  const edit = (next: MeetingItem[]) => {
    setItems(next)
    setChanged(true)
  }
  const ask = () =>
    Modal.confirm({
      title: t.meetings.close,
      content: t.meetings.closeAsk,
      okText: t.meetings.close,
      cancelText: t.common.close,
      onOk: () => close.mutate({ path: `/api/meetings/${m.id}/close`, body: {}, version: m.version }),
    })
  const tally = tallyOf(items)
  return (
    <div className="meeting">
      <PageHead
        title={t.meetings.of(m.heldOn)}
        note={t.meetings.tally(tally.accept, tally.reject, tally.postpone, tally.open)}
        extra={<Button onClick={() => window.print()}>{t.meetings.print}</Button>}
      />
      {m.hidden > 0 && <Alert type="info" showIcon title={t.meetings.hidden(m.hidden)} />}
      {m.closedAt && <p className="meeting-closed">{t.meetings.closedBy(m.closedBy?.name ?? '', m.closedAt.slice(0, 10))}</p>}
      <MeetingFacts m={m} />
      {edits && (
        <Panel title={t.meetings.title}>
          <Form form={form} layout="vertical" initialValues={m} onValuesChange={() => setChanged(true)} onFinish={submit}>
            <div className="meeting-fields">
              <FactFields />
            </div>
            <Form.Item name="minutes" label={t.meetings.minutes}>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={20_000} />
            </Form.Item>
          </Form>
        </Panel>
      )}
      <Panel title={t.meetings.agenda}>
        <AgendaTable items={items} edit={edits ? edit : undefined} />
      </Panel>
      {(save.error ?? close.error) && <ProblemAlert error={(save.error ?? close.error)!} />}
      {edits && (
        <div className="row meeting-acts">
          <Button type="primary" onClick={form.submit} loading={save.isPending} disabled={!changed}>
            {t.meetings.save}
          </Button>
          <Button onClick={ask} disabled={changed || items.length === 0 || tally.open > 0} loading={close.isPending}>
            {t.meetings.close}
          </Button>
          {changed && <span className="muted small">{t.meetings.unsaved}</span>}
        </div>
      )}
      <div className="meeting-office">
        <CarryOut items={m.items} />
        {edits && <Candidates known={items} put={(more) => edit([...items, ...more])} />}
      </div>
    </div>
  )
}

// For who only reads, and for paper.
function MeetingFacts({ m }: { m: Meeting }) {
  const t = useText()
  const rows = [
    [t.meetings.heldOn, m.heldOn],
    [t.meetings.place, m.place],
    [t.meetings.chair, m.chair],
    [t.meetings.attendees, m.attendees.join(t.common.listSeparator)],
    [t.meetings.minutes, m.minutes ?? ''],
  ].filter(([, value]) => value)
  return (
    <dl className="meeting-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="verbatim">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const OFFICE_ACTS = ['publicise', 'file', 'close'] as const

/** What the office does itself of what was accepted; everybody else's acts stay theirs. */
function CarryOut({ items }: { items: readonly MeetingItem[] }) {
  const t = useText()
  const bulk = useBulkRun()
  const manages = useCan('meeting.manage')
  const [open, setOpen] = useState(false)
  const accepted = items.filter(({ decision }) => decision === 'accept')
  if (!manages || accepted.length === 0) return null
  const cases = accepted.map((item) => ({ id: item.case, version: item.version }))
  return (
    <Panel title={t.meetings.carryOut}>
      <p className="muted small bulk-note">{t.meetings.carryOutNote}</p>
      <Button onClick={() => setOpen(true)}>{t.desk.bulkTitle(accepted.length)}</Button>
      {open && (
        <BulkSheet
          target={{ cases }}
          count={cases.length}
          bulk={bulk}
          moves={OFFICE_ACTS}
          onClose={() => {
            setOpen(false)
            if (bulk.state === 'over') bulk.forget()
          }}
        />
      )}
    </Panel>
  )
}

function wordsOf({ case: id, decision, words }: MeetingItem) {
  return { case: id, ...(decision && { decision }), ...(words?.trim() && { words: words.trim() }) }
}
