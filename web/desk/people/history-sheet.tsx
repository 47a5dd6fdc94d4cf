import { Button, message } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useGet, useSend } from '../../shell/use-api.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Post } from '../directory.ts'
import { ReasonForm } from './reason-form.tsx'

type Past = { account: string; name: string; standIn: boolean; from: string; to: string | null; handedTo: string | null }

/** 历任: who held a post from when to when, or on a day; a vacant one can be closed here. */
export function HistorySheet({ post, onClose }: { post: Post; onClose(): void }) {
  const t = useText()
  const [day, setDay] = useState<string>()
  const past = useGet<{ items: Past[] }>(`/api/posts/${post.id}/holders${day ? `?day=${day}` : ''}`)
  return (
    <Sheet title={t.admin.historyTitle(post.title)} open onClose={onClose} wide>
      <p className="days">
        <span>{t.admin.onDay}</span>
        <DayInput label={t.admin.onDay} {...(day && { value: day })} onChange={setDay} />
      </p>
      <Loaded query={past}>
        {({ items }) => (items.length === 0 ? <MessageBox title={t.admin.nobodyThen} /> : <Holders past={items} />)}
      </Loaded>
      {!post.holder && !post.standIn && <ClosePost post={post} onClose={onClose} />}
    </Sheet>
  )
}

function Holders({ past }: { past: Past[] }) {
  const t = useText()
  return (
    <DataTable
      caption={t.admin.history}
      rows={past}
      rowKey={(h) => `${h.account} ${h.from} ${h.to} ${h.standIn}`}
      columns={[
        { key: 'name', title: t.admin.account.name, phone: 'head', render: (h) => h.name },
        { key: 'as', title: t.account.standing, render: (h) => (h.standIn ? t.people.standIn : t.people.holder) },
        { key: 'from', title: t.admin.fromDay, render: (h) => h.from },
        { key: 'to', title: t.admin.toDay, render: (h) => h.to ?? t.admin.until },
        { key: 'handed', title: t.admin.handedTo, render: (h) => h.handedTo ?? '—' },
      ]}
    />
  )
}

function ClosePost({ post, onClose }: { post: Post; onClose(): void }) {
  const t = useText()
  const [asked, setAsked] = useState(false)
  const send = useSend<{ id: string }>({
    onDone: () => {
      message.success(t.admin.account.done)
      onClose()
    },
  })
  if (!asked)
    return (
      <p>
        <Button danger onClick={() => setAsked(true)}>
          {t.admin.closePost}
        </Button>
      </p>
    )
  return (
    <>
      <ReasonForm
        submit={t.admin.closePost}
        pending={send.isPending}
        onSubmit={(reason) => send.mutate({ path: `/api/posts/${post.id}/close`, body: { reason }, version: post.version })}
      />
      {send.error && <ProblemAlert error={send.error} />}
    </>
  )
}
