import { Link } from 'react-router'
import { useLanguage } from '../../shell/language.tsx'
import type { GroupOfWork } from './queries-work.ts'
import { groupName } from './work-names.ts'

/** How much waits of each kind; the one that is open is marked, and the address keeps it. */
export function WorkStrip({ groups, open, soonDays }: { groups: readonly GroupOfWork[]; open: string; soonDays: number }) {
  const { t, language } = useLanguage()
  return (
    <nav className="tally work-strip" aria-label={t.work.jump}>
      {groups.map(({ group, total }) => (
        <Link
          key={group}
          to={`/work?group=${group}`}
          replace
          className={`work-${group}`}
          {...(group === open && { 'aria-current': 'true' as const })}
        >
          <strong className="number">{total}</strong>
          <span>{groupName(group, { t, language, soonDays })}</span>
        </Link>
      ))}
    </nav>
  )
}
