import { Alert, Button } from 'antd'
import { useState } from 'react'
import { MOST_TRIED } from '../../../../src/cases/rules/bulk.ts'
import { useText } from '../../../shell/language.tsx'
import { BulkSheet, type Target } from './bulk-sheet.tsx'
import type { useBulkRun } from './use-bulk-run.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  selection: Selection
  bulk: ReturnType<typeof useBulkRun>
  filters: Record<string, string>
  total: number | undefined
}

/** What is selected, how many, and what can be done with it; it stands at the foot of the window. */
export function SelectionBar({ selection, bulk, filters, total }: Props) {
  const t = useText()
  const [target, setTarget] = useState<{ what: Target; count: number }>()
  const n = selection.items.length
  const named = { cases: selection.items.map(({ id, version }) => ({ id, version })) }
  const close = () => {
    setTarget(undefined)
    if (bulk.state === 'running') return
    if (bulk.state === 'over') selection.none()
    if (bulk.state !== 'stopped') bulk.forget()
  }
  return (
    <>
      {n > 0 && (
        <section className="selection-bar" aria-label={t.desk.selected(n)}>
          <strong role="status">{t.desk.selected(n)}</strong>
          <Button type="primary" onClick={() => setTarget({ what: named, count: n })}>
            {t.desk.bulk}
          </Button>
          {total !== undefined && total > n && total <= MOST_TRIED && (
            <Button onClick={() => setTarget({ what: { filter: filters }, count: total })}>{t.desk.selectMatching(total)}</Button>
          )}
          <Button onClick={selection.none}>{t.desk.clear}</Button>
        </section>
      )}
      {target && <BulkSheet target={target.what} count={target.count} bulk={bulk} onClose={close} />}
    </>
  )
}

/** A run that a reload or a lost line broke off: it goes on under its key. */
export function Unfinished({ bulk }: { bulk: Props['bulk'] }) {
  const t = useText()
  const [kept, setKept] = useState(bulk.unfinished)
  const [open, setOpen] = useState(false)
  if (open && bulk.run)
    return (
      <BulkSheet
        target={{ cases: bulk.run.cases }}
        count={bulk.run.cases.length}
        bulk={bulk}
        onClose={() => {
          setOpen(false)
          setKept(undefined)
          if (bulk.state === 'over') bulk.forget()
        }}
      />
    )
  if (!kept) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="unfinished"
      title={t.desk.unfinished(kept.lines.length, kept.cases.length)}
      action={
        <span className="row">
          <Button
            size="small"
            type="primary"
            onClick={() => {
              setOpen(true)
              bulk.resume(kept)
            }}
          >
            {t.desk.resume}
          </Button>
          <Button
            size="small"
            onClick={() => {
              bulk.forget()
              setKept(undefined)
            }}
          >
            {t.desk.giveUp}
          </Button>
        </span>
      }
    />
  )
}
