import './undo.css'
import { Button, message } from 'antd'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import type { Detail } from './case-view.ts'
import { useEvents } from './queries.ts'
import { CountDown, offerUndo, useSecondsTo } from './undo-note.tsx'

/** Taking back the last act on a case, and telling of an act with the offer to take it back. */
export function useUndo() {
  const t = useText()
  const send = useSend<Detail>({ onDone: () => void message.success(t.desk.undone) })
  const take = (c: { id: string; version: number }) =>
    send.mutate(
      { path: `/api/cases/${c.id}/undo`, body: {}, version: c.version },
      { onError: (error) => void message.error(error.message || t.state.failed) },
    )
  const tell = (done: string, after: Detail) => {
    if (!after.undoUntil) return void message.success(done)
    const until = { at: after.undoUntil, say: t.desk.undoLeft }
    offerUndo({ done, undo: t.desk.undo, take: () => take(after), until })
  }
  return { take, tell, send }
}

/** In the story of a case: the last act, as long as its author may take it back. */
export function UndoLast({ id }: { id: string }) {
  const offered = useEvents(id).data?.undo
  return offered ? <Offered key={offered.version} id={id} {...offered} /> : null
}

function Offered({ id, version, until }: { id: string; version: number; until: string }) {
  const t = useText()
  const { take, send } = useUndo()
  if (useSecondsTo(until) === 0) return null
  return (
    <div className="row undo-last">
      <Button size="small" onClick={() => take({ id, version })} loading={send.isPending}>
        {t.desk.undoLast}
      </Button>
      <CountDown until={until} say={t.desk.undoLeft} />
      {send.error && <ProblemAlert error={send.error} />}
    </div>
  )
}
