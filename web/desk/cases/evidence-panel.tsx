import './evidence.css'
import { Button } from 'antd'
import { useState } from 'react'
import { isRefusal } from '../../../src/base/rules/refusal.ts'
import { capacityFor } from '../../../src/cases/rules/access.ts'
import { EVIDENCE_KINDS, type EvidenceKind } from '../../../src/cases/rules/codes.ts'
import { RECORD_RULES } from '../../../src/cases/rules/procedure.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { Panel } from '../../ui/panel.tsx'
import { BeforeAfter } from './before-after.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { EvidenceCard } from './evidence-card.tsx'
import { EvidenceSheet } from './evidence-sheet.tsx'

const PROOF = ['before', 'during', 'after'] as const

/** 证据: before, during and after beside each other and laid over each other, everything else by kind, and the way to add more. */
export function EvidencePanel({ c }: { c: Detail }) {
  const { t } = useLanguage()
  const [adding, setAdding] = useState(false)
  const mayAdd = useMayAddEvidence(c)
  const has = (kind: EvidenceKind) => c.evidence.some((item) => item.kind === kind)
  const photos = c.thing === 'place' || PROOF.some(has)
  const others = EVIDENCE_KINDS.filter((kind) => !PROOF.some((proof) => proof === kind) && has(kind))
  return (
    <Panel
      title={t.case.evidence}
      id="evidence"
      extra={mayAdd && <Button onClick={() => setAdding(true)}>{t.evidence.add}</Button>}
    >
      {c.evidence.length === 0 && <p className="muted">{t.evidence.none}</p>}
      <BeforeAfter c={c} />
      {c.evidence.length > 0 && (
        <div className="evidence-kinds">
          {photos && PROOF.map((kind) => <Kind key={kind} c={c} kind={kind} />)}
          {others.map((kind) => (
            <Kind key={kind} c={c} kind={kind} />
          ))}
        </div>
      )}
      {adding && <EvidenceSheet c={c} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function Kind({ c, kind }: { c: Detail; kind: EvidenceKind }) {
  const { language, t } = useLanguage()
  const items = c.evidence.filter((item) => item.kind === kind)
  const none = { before: t.casePage.compare.noBefore, during: t.casePage.compare.noDuring, after: t.casePage.compare.noAfter }
  const name = nameOf('evidenceKind', kind, language)
  return (
    <section aria-label={name} className={kind in none ? 'evidence-pair' : undefined}>
      <h3>
        {name} <span className="muted">{items.length}</span>
      </h3>
      {items.length === 0 && <p className="muted small">{none[kind as keyof typeof none]}</p>}
      {items.length > 0 && (
        <ul className="evidence-items">
          {items.map((item) => (
            <EvidenceCard key={item.id} c={c} item={item} />
          ))}
        </ul>
      )}
    </section>
  )
}

// The rule itself is asked; what the server finds in the file is its own affair.
function useMayAddEvidence(c: Detail): boolean {
  const me = useMe()
  const actor = { ...me, clearance: c.secrecy }
  const bound = capacityFor(RECORD_RULES.add_evidence, { ...c, tenant: me.tenant }, { actor, confirming: false })
  return me.permissions.includes('case.evidence') && !isRefusal(bound) && RECORD_RULES.add_evidence.from.includes(c.state)
}
