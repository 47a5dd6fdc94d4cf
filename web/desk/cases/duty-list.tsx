import { DUTIES } from '../../../src/cases/rules/codes.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { PlaceName } from './place-name.tsx'

/** 责任清单: who answers for what. */
export function DutyList({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  if (c.duties.length === 0 && !c.leader) return <p className="muted">{t.duties.none}</p>
  const units = DUTIES.map((as) => ({
    label: nameOf('duty', as, language),
    value: c.duties.flatMap((duty) => (duty.as === as ? [duty.orgName] : [])).join(t.common.listSeparator),
  }))
  return (
    <Facts
      facts={[
        { label: t.list.region, value: <PlaceName place={c.place} region /> },
        { label: t.duties.leader, value: c.leader && `${c.leader.name} ${c.leader.title}` },
        ...units,
        { label: t.duties.contact, value: c.contact },
        { label: t.fields.term, value: c.term?.words },
        { label: t.fields.planDocNo, value: c.planDocNo },
      ]}
    />
  )
}
