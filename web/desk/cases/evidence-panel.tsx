import './evidence.css'
import { Button } from 'antd'
import { useState } from 'react'
import { isRefusal } from '../../../src/base/rules/refusal.ts'
import { capacityFor } from '../../../src/cases/rules/access.ts'
import type { EvidenceItem } from '../../../src/cases/rules/case.ts'
import { EVIDENCE_KINDS } from '../../../src/cases/rules/codes.ts'
import { RECORD_RULES } from '../../../src/cases/rules/procedure.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { EvidenceCard } from './evidence-card.tsx'
import { EvidenceSheet } from './evidence-sheet.tsx'

/** 证据: by kind, before and after side by side, and the way to add more. */
export function EvidencePanel({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  const [adding, setAdding] = useState(false)
  const mayAdd = useMayAddEvidence(c)
  const kinds = EVIDENCE_KINDS.filter((kind) => c.evidence.some((item) => item.kind === kind))
  return (
    <Panel title={t.case.evidence} extra={mayAdd && <Button onClick={() => setAdding(true)}>{t.evidence.add}</Button>}>
      {kinds.length === 0 && <p className="muted">{t.evidence.none}</p>}
      <div className="evidence-kinds">
        {kinds.map((kind) => (
          <section
            key={kind}
            aria-label={nameOf('evidenceKind', kind, language)}
            className={isPhotoKind(kind) ? 'evidence-pair' : undefined}
          >
            <h3>{nameOf('evidenceKind', kind, language)}</h3>
            <ul className="evidence-items">
              {c.evidence.map((item) => item.kind === kind && <EvidenceCard key={item.id} c={c} item={item} />)}
            </ul>
          </section>
        ))}
      </div>
      {adding && <EvidenceSheet c={c} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function isPhotoKind(kind: EvidenceItem['kind']): boolean {
  return kind === 'before' || kind === 'during' || kind === 'after'
}

// The rule itself is asked; what the server finds in the file is its own affair.
function useMayAddEvidence(c: Detail): boolean {
  const me = useMe()
  const actor = { ...me, clearance: c.secrecy }
  const bound = capacityFor(RECORD_RULES.add_evidence, { ...c, tenant: me.tenant }, { actor, confirming: false })
  return me.permissions.includes('case.evidence') && !isRefusal(bound) && RECORD_RULES.add_evidence.from.includes(c.state)
}
