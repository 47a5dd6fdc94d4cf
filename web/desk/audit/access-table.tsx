import { ACCESS_TEXTS, type AccessKind } from '../../../src/people/rules/access.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { moment } from '../people/format.ts'

export type AccessLine = {
  id: string
  at: string
  kind: AccessKind
  username: string | null
  name: string | null
  token: string | null
  source: string
  what: string
}

/** Who came in or was turned away, newest first. */
export function AccessTable({ lines }: { lines: AccessLine[] }) {
  const { t, language } = useLanguage()
  const words = t.admin.audit
  const noteOf = ({ token, kind, what }: AccessLine) => {
    if (kind === 'signed_in') return words.ways[what] ?? what
    return token ?? (kind === 'sign_in_refused' ? (words.refusedWhy[what] ?? what) : what)
  }
  return (
    <DataTable
      caption={words.access}
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        { key: 'at', title: words.at, width: '170px', render: (line) => moment(line.at) },
        { key: 'kind', title: words.what, phone: 'head', render: (line) => ACCESS_TEXTS[line.kind][language] },
        {
          key: 'who',
          title: words.who,
          render: (line) => (line.username ? `${line.name} (${line.username})` : <span className="muted">—</span>),
        },
        { key: 'source', title: words.source, width: '170px', render: (line) => line.source },
        { key: 'note', title: words.note, render: noteOf },
      ]}
    />
  )
}
