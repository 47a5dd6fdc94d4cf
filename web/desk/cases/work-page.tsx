import '../lists.css'
import { Link, Navigate } from 'react-router'
import type { Move } from '../../../src/cases/rules/codes.ts'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { pagesFor } from '../../shell/pages.ts'
import { useMe } from '../../shell/session.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { byUrgency } from './by-urgency.ts'
import { CaseTable } from './case-table.tsx'
import { useWork, type WorkGroup } from './queries.ts'
import { today } from './today.ts'

/** 我的工作: what waits for me, by what I must do. Whoever reads no cases starts at the first page of their posts. */
export function WorkPage() {
  const me = useMe()
  return me.permissions.includes('case.read') ? <Work /> : <Navigate to={pagesFor(me)[0]?.to ?? '/account'} replace />
}

function Work() {
  const { t } = useLanguage()
  useTitle(t.work.title, t.product)
  return (
    <>
      <PageHead title={t.work.title} note={t.work.note(today())} />
      <Loaded query={useWork()}>{({ groups }) => <Groups groups={groups} />}</Loaded>
    </>
  )
}

function Groups({ groups }: { groups: WorkGroup[] }) {
  const { t, language } = useLanguage()
  if (groups.length === 0) {
    return <MessageBox title={t.work.emptyTitle} text={t.work.emptyText} action={<Link to="/cases">{t.work.toList}</Link>} />
  }
  const nameOf = (group: WorkGroup) => MOVE_LABELS[group.move as Move]?.[language] ?? group.move
  return (
    <>
      <nav className="tally" aria-label={t.work.jump}>
        {groups.map((group) => (
          <a key={group.move} href={`#${group.move}`}>
            <strong className="number">{group.total}</strong>
            <span>{nameOf(group)}</span>
          </a>
        ))}
      </nav>
      {groups.map((group) => (
        <section key={group.move} id={group.move} className="work-group" aria-label={nameOf(group)}>
          <h2>
            {nameOf(group)} <span className="muted number">{t.work.count(group.total)}</span>
          </h2>
          <CaseTable items={group.items.toSorted(byUrgency)} caption={nameOf(group)} move={group.move} />
          {group.total > group.items.length && <p className="muted">{t.work.more(group.total - group.items.length)}</p>}
        </section>
      ))}
    </>
  )
}
