import type { Check, Recheck, Standards } from '../../../src/cases/rules/case.ts'
import { STANDARDS } from '../../../src/cases/rules/codes.ts'
import { STANDARD_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'

/** 销号清单: self-check, acceptances, notice, filing, clear-off, look-back. */
export function ClosureList({ c }: { c: Detail }) {
  const { t } = useLanguage()
  const { self, county, city } = c.checks
  if (!self && !county && !city && !c.notice && !c.closedOn) return <p className="muted">{t.closure.none}</p>
  return (
    <Facts
      facts={[
        { label: t.closure.self, value: self && <CheckText check={self} />, wide: true },
        { label: t.closure.county, value: county && <CheckText check={county} />, wide: true },
        { label: t.closure.city, value: city && <CheckText check={city} />, wide: true },
        {
          label: c.notice?.kind === 'dispute' ? t.closure.dispute : t.closure.notice,
          value: c.notice && <NoticeText notice={c.notice} />,
          wide: true,
        },
        { label: t.closure.filing, value: c.filing && `${c.filing.on} ${c.filing.filedWith} ${c.filing.docNo}` },
        { label: t.closure.closedOn, value: c.closedOn },
        { label: t.closure.recheck, value: c.recheck && <RecheckText recheck={c.recheck} />, wide: true },
      ]}
    />
  )
}

function CheckText({ check }: { check: Check }) {
  const { t } = useLanguage()
  return (
    <>
      <p>
        {check.conclusion} <span className="muted small nowrap">{`${check.on} ${check.by.orgName ?? ''} ${check.by.name}`}</span>
      </p>
      {check.onSite && (
        <p className="small">
          {t.closure.onSite}
          {t.colon}
          {check.onSite.day} {check.onSite.people.join(t.common.listSeparator)} {check.opinionNo}
        </p>
      )}
      {check.standards && <StandardsText standards={check.standards} />}
    </>
  )
}

function StandardsText({ standards }: { standards: Standards }) {
  const { language } = useLanguage()
  return (
    <ul className="standards small">
      {STANDARDS.filter((standard) => standards[standard]).map((standard) => (
        <li key={standard}>
          <span className={`mark ${standards[standard].answer === 'yes' ? 'mark-good' : ''}`}>
            {nameOf('answer', standards[standard].answer, language)}
          </span>{' '}
          {STANDARD_LABELS[standard][language]} <span className="muted">{standards[standard].note}</span>
        </li>
      ))}
    </ul>
  )
}

function NoticeText({ notice }: { notice: NonNullable<Detail['notice']> }) {
  const { t } = useLanguage()
  return (
    <>
      <p>
        {t.closure.window(notice.from, notice.lastDay)} {notice.channel} {notice.phone}{' '}
        {notice.url && (
          <a href={notice.url} rel="noreferrer">
            {notice.url}
          </a>
        )}
      </p>
      {notice.objections.map((objection) => (
        <p key={objection.id}>
          {t.closure.objections}
          {t.colon}
          {objection.text}{' '}
          <span className="mark">
            {objection.decided ? (objection.decided.upheld ? t.closure.upheld : t.closure.dismissed) : t.closure.objectionOpen}
          </span>{' '}
          {objection.decided?.finding}
        </p>
      ))}
    </>
  )
}

function RecheckText({ recheck: { due, results } }: { recheck: Recheck }) {
  const { t } = useLanguage()
  return (
    <>
      {results.map((look) => (
        <p key={look.at}>
          {look.on} <span className="mark">{look.result === 'confirmed' ? t.closure.confirmed : t.closure.rebound}</span>{' '}
          {look.finding}
        </p>
      ))}
      {(due || results.length === 0) && <p>{due ? t.closure.recheckDue(due) : t.closure.recheckNone}</p>}
    </>
  )
}
