import { Alert } from 'antd'
import { Link } from 'react-router'
import { SECRECY, type SecrecyName } from '../../../src/cases/rules/codes.ts'
import { OUTCOME_LABELS, PATH_LABELS, SECRECY_LABELS, SEVERITY_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useCan } from '../../shell/session.ts'
import { PageHead } from '../../ui/page-head.tsx'
import type { Detail } from './case-view.ts'
import { ColourDot } from './colour-dot.tsx'
import { Due } from './due.tsx'
import { Marks } from './marks.tsx'
import { missingFields } from './missing-fields.ts'
import { PlaceName } from './place-name.tsx'

/** The head of a case: number, title, state, colour with its reason, term; and what everyone must know before acting. */
export function CaseHead({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  const canArchive = useCan('case.archive')
  const secrecy = (Object.keys(SECRECY) as SecrecyName[]).find((name) => SECRECY[name] === c.secrecy)
  return (
    <>
      <PageHead
        title={c.title}
        extra={
          canArchive && (
            <a href={`/api/cases/${c.id}/archive.zip`} download>
              {t.case.archive}
            </a>
          )
        }
        note={
          <span className="row">
            <span className="number">{c.no}</span>
            <Marks c={c} />
            <span className="mark">{PATH_LABELS[c.path][language]}</span>
            <span className="mark">{SEVERITY_LABELS[c.severity][language]}</span>
            {secrecy && secrecy !== 'public' && <span className="mark mark-warn">{SECRECY_LABELS[secrecy][language]}</span>}
            <ColourDot colour={c.colour.colour} why={c.colour.why} />
            <span>
              {t.list.due}
              {t.colon}
              <Due item={c} />
            </span>
            <PlaceName place={c.place} region />
          </span>
        }
      />
      <WhyColour c={c} />
      <Notices c={c} />
      {c.outcome && (
        <Alert
          type="info"
          className="case-notice"
          title={t.case.endedTitle(OUTCOME_LABELS[c.outcome][language])}
          {...(c.ended && { description: <Ended c={c} /> })}
        />
      )}
    </>
  )
}

// Why it ended, and where it goes on: in the case it was merged into, or with the authority it was handed to.
function Ended({ c }: { c: Detail }) {
  const { t } = useLanguage()
  const { reason, to, docNo } = c.ended!
  return (
    <>
      {reason}
      {to && <p>{t.case.transferredTo(to, docNo ?? '')}</p>}
      {c.links.mergedInto && (
        <p>
          <Link to={`/cases/${c.links.mergedInto}`}>{t.case.mergedInto}</Link>
        </p>
      )}
    </>
  )
}

// Red and yellow say why without being asked.
function WhyColour({ c }: { c: Detail }) {
  const { t } = useLanguage()
  if (c.colour.why.length === 0 || c.colour.colour === 'green') return null
  return (
    <ul className={`why why-${c.colour.colour}`} aria-label={t.case.colourTitle}>
      {c.colour.why.map((reason) => (
        <li key={reason.rule}>
          {t.colourWhy[reason.rule]?.(reason.inputs) ?? reason.rule}
          <details className="why-due small">
            <summary>{t.clock.source}</summary>
            <span className="muted">{reason.clause}</span>
          </details>
        </li>
      ))}
    </ul>
  )
}

function Notices({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  const lacking = missingFields(c.incomplete, language).join(t.common.listSeparator)
  const waits = c.pending && (c.pending.kind === 'unfounded' ? t.case.pendingUnfounded : t.case.pendingColour)
  return (
    <>
      {lacking && (
        <Alert type="warning" showIcon className="case-notice" title={`${t.case.incompleteTitle}${t.colon}${lacking}`} />
      )}
      {waits && <Alert type="info" showIcon className="case-notice" title={waits} description={c.pending?.reason} />}
    </>
  )
}
