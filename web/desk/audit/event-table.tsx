import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { moment } from '../people/format.ts'
import { isMove } from './moves.ts'

export type EventLine = {
  seq: number
  at: string
  context: string
  kind: string
  subject: string
  account: string
  name: string
  title: string | null
}

/** What was done, newest first. */
export function EventTable({ lines }: { lines: EventLine[] }) {
  const { t, language } = useLanguage()
  const words = t.admin.audit
  const kindOf = (line: EventLine) => words.kinds[line.kind] ?? (isMove(line.kind) ? MOVE_LABELS[line.kind][language] : line.kind)
  return (
    <DataTable
      caption={words.events}
      rows={lines}
      rowKey={(line) => String(line.seq)}
      columns={[
        { key: 'seq', title: '#', width: '72px', phone: 'wide', render: (line) => line.seq },
        { key: 'at', title: words.at, width: '170px', render: (line) => moment(line.at) },
        { key: 'kind', title: words.what, phone: 'head', render: kindOf },
        {
          key: 'who',
          title: words.who,
          render: (line) => (line.title && line.title !== line.name ? `${line.name} · ${line.title}` : line.name),
        },
        {
          key: 'subject',
          title: words.subject,
          render: (line) => `${words.contexts[line.context] ?? line.context} ${line.subject.slice(0, 8)}`,
        },
      ]}
    />
  )
}
