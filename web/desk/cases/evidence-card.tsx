import type { EvidenceItem } from '../../../src/cases/rules/case.ts'
import { useText } from '../../shell/language.tsx'
import { PhotoFacts } from './before-after.tsx'
import type { Detail } from './case-view.ts'
import { formatBytes, formatMoment } from './format.ts'

/** One piece of evidence: what it shows, when and where it was taken, who stands for it. */
export function EvidenceCard({ c, item }: { c: Detail; item: EvidenceItem }) {
  const t = useText()
  const original = `/api/cases/${c.id}/evidence/${item.id}`
  const measure = c.plan?.measures.find((each) => each.id === item.measure)?.text
  const claim = c.claims.find((each) => each.id === item.claim)?.text
  return (
    <li className="evidence-item">
      <a href={original} download aria-label={`${t.evidence.download}${t.colon}${item.name}`} title={t.evidence.download}>
        {isPhoto(item) ? (
          <img src={`${original}/thumb`} alt={item.name} loading="lazy" />
        ) : (
          <span className="evidence-file">{fileSign(item)}</span>
        )}
      </a>
      <div className="small">
        <p className="evidence-name">
          {item.name} <span className="muted nowrap">{formatBytes(item.bytes)}</span>
        </p>
        {needsExif(item) && !item.hasExif && <NoExif item={item} />}
        {isPhoto(item) && (item.takenAt || item.point) && <PhotoFacts c={c} item={item} word={t.evidence.takenAt} />}
        {item.doc && <p>{`${item.doc.title} ${item.doc.no} ${item.doc.issuer} ${item.doc.issuedOn}`}</p>}
        {(measure ?? claim) && (
          <p className="muted">
            {t.evidence.of}
            {t.colon}
            {measure ?? claim}
          </p>
        )}
        <p className="muted">
          {t.evidence.addedBy} {item.by.name} <span className="nowrap">{formatMoment(item.at)}</span>
        </p>
      </div>
    </li>
  )
}

function NoExif({ item }: { item: EvidenceItem }) {
  const t = useText()
  if (!item.attestedBy) return <p className="mark mark-warn">{t.evidence.unattested}</p>
  return (
    <>
      <p className="mark mark-sample">{t.evidence.attested}</p>
      <p>{t.evidence.attestedBy(item.attestedBy.name, item.attestation ?? '')}</p>
    </>
  )
}

function isPhoto(item: EvidenceItem): boolean {
  return item.mime.startsWith('image/')
}

// Only what shows the place has to say where and when it was taken.
function needsExif(item: EvidenceItem): boolean {
  return isPhoto(item) && ['before', 'during', 'after', 'site_visit'].includes(item.kind)
}

function fileSign(item: EvidenceItem): string {
  return (item.name.split('.').pop() ?? item.mime).toUpperCase().slice(0, 5)
}
