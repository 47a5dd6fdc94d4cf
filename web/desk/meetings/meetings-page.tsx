import '../lists.css'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Meeting } from '../../../src/cases/meetings/rules/meeting.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { today } from '../cases/today.ts'

type Row = Pick<Meeting, 'id' | 'heldOn' | 'place' | 'chair' | 'closedAt'> & { size: number }

/** 集中验收: every meeting, the latest first. */
export function MeetingsPage() {
  const t = useText()
  const manages = useCan('meeting.manage')
  const [adding, setAdding] = useState(false)
  useTitle(t.meetings.title, t.product)
  return (
    <>
      <PageHead
        title={t.meetings.title}
        note={t.meetings.note}
        extra={
          manages && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t.meetings.add}
            </Button>
          )
        }
      />
      <Loaded query={useGet<{ items: Row[] }>('/api/meetings')}>{({ items }) => <Meetings rows={items} />}</Loaded>
      {adding && <NewMeeting onClose={() => setAdding(false)} />}
    </>
  )
}

function Meetings({ rows }: { rows: Row[] }) {
  const t = useText()
  if (rows.length === 0) return <MessageBox title={t.meetings.empty} text={t.meetings.emptyText} />
  const columns: Column<Row>[] = [
    {
      key: 'day',
      title: t.meetings.heldOn,
      phone: 'head',
      width: '130px',
      render: (m) => (
        <Link to={`/meetings/${m.id}`} className="number">
          {m.heldOn}
        </Link>
      ),
    },
    { key: 'place', title: t.meetings.place, render: (m) => m.place },
    { key: 'chair', title: t.meetings.chair, render: (m) => m.chair },
    { key: 'size', title: t.meetings.size, width: '80px', render: (m) => <span className="number">{m.size}</span> },
    {
      key: 'status',
      title: t.meetings.status,
      width: '160px',
      render: (m) => (
        <span className={`mark ${m.closedAt ? 'mark-good' : 'mark-state'}`}>
          {m.closedAt ? t.meetings.closedOn(m.closedAt.slice(0, 10)) : t.meetings.open}
        </span>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.meetings.title} columns={columns} rows={rows} rowKey={(m) => m.id} />
    </div>
  )
}

type Facts = Pick<Meeting, 'heldOn' | 'place' | 'chair' | 'attendees'>

function NewMeeting({ onClose }: { onClose(): void }) {
  const t = useText()
  const go = useNavigate()
  const send = useSend<Meeting>({ onDone: ({ id }) => go(`/meetings/${id}`) })
  const submit = (facts: Facts) =>
    send.mutate({ path: '/api/meetings', body: { ...facts, attendees: facts.attendees ?? [], minutes: '', items: [] } })
  return (
    <Sheet title={t.meetings.add} open onClose={onClose}>
      <Form layout="vertical" initialValues={{ heldOn: today() }} onFinish={submit}>
        <FactFields />
        {send.error && <ProblemAlert error={send.error} />}
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t.common.submit}
        </Button>
      </Form>
    </Sheet>
  )
}

/** Day, place, chair and who was there. */
export function FactFields() {
  const t = useText()
  const must = (label: string) => [{ required: true, whitespace: true, message: t.common.missing(label) }]
  return (
    <>
      <Form.Item name="heldOn" label={t.meetings.heldOn} rules={must(t.meetings.heldOn)}>
        <DayInput />
      </Form.Item>
      <Form.Item name="place" label={t.meetings.place} rules={must(t.meetings.place)}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="chair" label={t.meetings.chair} rules={must(t.meetings.chair)}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="attendees" label={t.meetings.attendees} extra={t.meetings.attendeesHint}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',']} />
      </Form.Item>
    </>
  )
}
