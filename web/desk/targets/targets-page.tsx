import '../lists.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { LogSheet } from './log-sheet.tsx'
import { StopSheet } from './stop-sheet.tsx'
import { TargetSheet } from './target-sheet.tsx'
import type { TargetRow } from './target-view.ts'

/** 对外推送: webhooks and robots, what went to them, and whether it arrived. */
export function TargetsPage() {
  const t = useText()
  const can = useCan('target.manage')
  const [adding, setAdding] = useState(false)
  const targets = useGet<{ items: TargetRow[] }>('/api/targets', { enabled: can })
  useTitle(t.targets.title, t.product)
  if (!can) return <MessageBox alert title={t.people.forbidden} />
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t.targets.add}
    </Button>
  )
  return (
    <>
      <PageHead title={t.targets.title} note={t.targets.note} extra={add} />
      <Loaded query={targets}>
        {({ items }) =>
          items.length === 0 ? (
            <MessageBox title={t.targets.empty} text={t.targets.emptyText} action={add} />
          ) : (
            <TargetTable targets={items} />
          )
        }
      </Loaded>
      {adding && <TargetSheet onClose={() => setAdding(false)} />}
    </>
  )
}

function TargetTable({ targets }: { targets: TargetRow[] }) {
  const t = useText()
  const [shown, setShown] = useState<TargetRow>()
  const [stopping, setStopping] = useState<TargetRow>()
  const resume = useSend<TargetRow>()
  const columns: Column<TargetRow>[] = [
    { key: 'name', title: t.targets.name, phone: 'head', render: (row) => row.name },
    { key: 'kind', title: t.targets.kind, render: (row) => t.targets.kinds[row.kind] },
    { key: 'host', title: t.targets.host, render: (row) => row.host },
    { key: 'hears', title: t.targets.hears, render: (row) => <Hears row={row} /> },
    {
      key: 'state',
      title: t.targets.state,
      render: (row) => (row.stoppedAt ? t.targets.stopped(row.stoppedWhy ?? '') : t.targets.active),
    },
    {
      key: 'act',
      title: t.targets.log,
      width: '190px',
      render: (row) => (
        <span className="row">
          <Button size="small" onClick={() => setShown(row)} aria-label={`${t.targets.log} ${row.name}`}>
            {t.targets.log}
          </Button>
          {row.stoppedAt ? (
            <Button
              size="small"
              aria-label={`${t.targets.resume} ${row.name}`}
              loading={resume.isPending}
              onClick={() => resume.mutate({ path: `/api/targets/${row.id}/resume`, body: {}, version: row.version })}
            >
              {t.targets.resume}
            </Button>
          ) : (
            <Button size="small" danger onClick={() => setStopping(row)} aria-label={`${t.targets.stop} ${row.name}`}>
              {t.targets.stop}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      {resume.error && <ProblemAlert error={resume.error} />}
      <DataTable caption={t.targets.title} columns={columns} rows={targets} rowKey={(row) => row.id} />
      {shown && <LogSheet target={shown} onClose={() => setShown(undefined)} />}
      {stopping && <StopSheet target={stopping} onClose={() => setStopping(undefined)} />}
    </div>
  )
}

function Hears({ row }: { row: TargetRow }) {
  const t = useText()
  return (
    <>
      {row.kinds.length === 0 ? t.targets.everything : t.targets.nEvents(row.kinds.length)}
      <br />
      <span className="muted small">{t.targets.levels[row.secrecy]}</span>
    </>
  )
}
