import { BULK_RESULT_NAMES, type BulkLine } from '../../../../src/cases/rules/bulk.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'

/** What became, or would become, of each case; refusals first. */
export function BulkLines({ lines }: { lines: readonly BulkLine[] }) {
  const { t, language } = useLanguage()
  const columns: Column<BulkLine>[] = [
    {
      key: 'case',
      title: t.desk.case,
      phone: 'head',
      render: (line) => (
        <>
          <span className="nowrap number">{line.no ?? line.id.slice(0, 8)}</span> {line.title}
        </>
      ),
    },
    {
      key: 'result',
      title: t.desk.result,
      width: '120px',
      render: ({ result }) => (
        <span className={`mark ${result === 'will' || result === 'done' ? 'mark-good' : 'mark-warn'}`}>
          {BULK_RESULT_NAMES[result][language]}
        </span>
      ),
    },
    { key: 'why', title: t.desk.reason, width: '42%', render: ({ why }) => why?.text },
  ]
  const good = ({ result }: BulkLine) => Number(result === 'will' || result === 'done')
  return (
    <div className="table-wrap">
      <DataTable
        caption={t.desk.result}
        columns={columns}
        rows={[...lines].sort((a, b) => good(a) - good(b))}
        rowKey={({ id }) => id}
      />
    </div>
  )
}
