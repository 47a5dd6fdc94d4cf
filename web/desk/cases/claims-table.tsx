import type { Claim } from '../../../src/cases/rules/case.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { nameOf } from './closed-lists.ts'

/** What the text alleges and what was found of each. */
export function ClaimsTable({ claims }: { claims: readonly Claim[] }) {
  const { language, t } = useLanguage()
  return (
    <>
      <h3>{t.case.claims}</h3>
      <DataTable
        caption={t.case.claims}
        rows={claims}
        rowKey={(claim) => claim.id}
        columns={[
          { key: 'text', title: t.case.claim, phone: 'head', render: (claim) => claim.text },
          {
            key: 'pollution',
            title: t.fields.pollution,
            width: '140px',
            render: (claim) => claim.pollution.map((each) => nameOf('pollution', each, language)).join(' '),
          },
          {
            key: 'finding',
            title: t.case.finding,
            width: '104px',
            render: (claim) =>
              claim.finding ? (
                <span className="mark">{nameOf('finding', claim.finding, language)}</span>
              ) : (
                <span className="muted">{t.case.notYet}</span>
              ),
          },
          { key: 'findingText', title: t.case.findingText, width: '34%', render: (claim) => claim.findingText },
        ]}
      />
    </>
  )
}
