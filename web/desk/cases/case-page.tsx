import './case-page.css'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { LettersPanel } from '../letters/letters-panel.tsx'
import { CaseHead } from './case-head.tsx'
import type { Detail } from './case-view.ts'
import { ClaimsTable } from './claims-table.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { CaseAtHandContext } from './fields/case-at-hand.ts'
import { FourLists } from './four-lists.tsx'
import { type FormMove, hasForm } from './move-forms.ts'
import { MoveSheet } from './move-sheet.tsx'
import { MovesPanel } from './moves-panel.tsx'
import { useCase } from './queries.ts'
import { TimelinePanel } from './timeline-panel.tsx'

/** One problem: what it is, where it stands, what can be done, and its whole story. */
export function CasePage() {
  const t = useText()
  const { id = '' } = useParams()
  return (
    <>
      <p className="crumb">
        <Link to="/cases">← {t.case.back}</Link>
      </p>
      <Loaded query={useCase(id)}>{(c) => <Case key={id} c={c} />}</Loaded>
    </>
  )
}

function Case({ c }: { c: Detail }) {
  const t = useText()
  const { move, open, close } = useOpenMove()
  useTitle(`${c.no} ${c.title}`, t.product)
  return (
    <CaseAtHandContext value={{ id: c.id, measures: c.plan?.measures ?? [], claims: c.claims }}>
      <CaseHead c={c} />
      <div className="case-body">
        <div className="case-side">
          <MovesPanel c={c} open={open} />
          <ClockPanel clocks={c.clocks} />
        </div>
        <div className="case-main">
          <Panel title={t.case.problem}>
            <h3>{t.case.originalText}</h3>
            <p className="verbatim original">{c.originalText}</p>
            {c.claims.length > 0 && <ClaimsTable claims={c.claims} />}
          </Panel>
          <FourLists c={c} />
          <EvidencePanel c={c} />
          <LettersPanel id={c.id} />
          <TimelinePanel id={c.id} evidence={c.evidence} />
        </div>
      </div>
      {move && <MoveSheet key={move} c={c} move={move} onClose={close} />}
    </CaseAtHandContext>
  )
}

// The form that stands open is part of the address (from 我的工作 one comes straight to it), and closing it stays on the page.
function useOpenMove(): { move: FormMove | undefined; open(move: FormMove): void; close(): void } {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('move') ?? ''
  const [move, setMove] = useState<FormMove | undefined>(hasForm(asked) ? asked : undefined)
  const close = () => {
    setMove(undefined)
    if (asked) setSearch({}, { replace: true })
  }
  return { move, open: setMove, close }
}
