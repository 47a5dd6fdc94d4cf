import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, message } from 'antd'
import { Link } from 'react-router'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { request } from '../../shell/request.ts'
import { useSend } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { formatMoment } from '../cases/format.ts'
import type { DeliveryRow, TargetRow } from './target-view.ts'

type Page = { items: DeliveryRow[]; next: string | null }

/** What went to a target, with each outcome; one can be sent once more. */
export function LogSheet({ target, onClose }: { target: TargetRow; onClose(): void }) {
  const { t, language } = useLanguage()
  const path = `/api/targets/${target.id}/deliveries`
  const log = useInfiniteQuery({
    queryKey: [...DATA_KEY, language, path],
    queryFn: ({ pageParam, signal }) =>
      request<Page>({ path: `${path}${pageParam ? `?after=${pageParam}` : ''}`, language, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  })
  return (
    <Sheet title={t.targets.logOf(target.name)} open wide onClose={onClose}>
      <Loaded query={log}>{({ pages }) => <Log target={target} items={pages.flatMap((page) => page.items)} />}</Loaded>
      {log.hasNextPage && <Button onClick={() => log.fetchNextPage()}>{t.targets.more}</Button>}
    </Sheet>
  )
}

function Log({ target, items }: { target: TargetRow; items: DeliveryRow[] }) {
  const { t } = useLanguage()
  const again = useSend<{ id: string }>({ onDone: () => void message.success(t.targets.queued) })
  if (items.length === 0) return <MessageBox title={t.targets.noLog} />
  const columns: Column<DeliveryRow>[] = [
    { key: 'when', title: t.targets.when, width: '150px', render: (row) => formatMoment(row.madeAt) },
    { key: 'what', title: t.targets.what, phone: 'head', render: (row) => <What row={row} /> },
    { key: 'outcome', title: t.targets.outcome, render: (row) => <OutcomeOf row={row} /> },
    {
      key: 'again',
      title: t.targets.again,
      width: '110px',
      render: (row) => (
        <Button
          size="small"
          disabled={Boolean(target.stoppedAt)}
          loading={again.isPending}
          onClick={() => again.mutate({ path: `/api/targets/${target.id}/deliveries/${row.id}/again`, body: {} })}
        >
          {t.targets.again}
        </Button>
      ),
    },
  ]
  return <DataTable caption={t.targets.log} columns={columns} rows={items} rowKey={(row) => row.id} />
}

function What({ row }: { row: DeliveryRow }) {
  const { t, language } = useLanguage()
  const code = row.body.type?.replace(/^qinba\.cases\./, '')
  const name = code ? ((MOVE_LABELS as Record<string, { zh: string; en: string }>)[code]?.[language] ?? code) : `#${row.seq}`
  return row.subject ? (
    <Link to={`/cases/${row.subject}`} title={t.targets.openCase}>
      {name}
    </Link>
  ) : (
    name
  )
}

function OutcomeOf({ row }: { row: DeliveryRow }) {
  const { t } = useLanguage()
  const words = {
    sent: t.targets.sent(row.code ?? 0),
    waiting: t.targets.waiting(row.attempts, formatMoment(row.nextAt)),
    given_up: t.targets.givenUp,
  }
  return (
    <>
      {words[row.status]}
      {row.error && <span className="muted small"> {row.error}</span>}
    </>
  )
}
