import './case-page.css'
import './case-parts.css'
import './case-print.css'
import { Button } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { LettersPanel } from '../letters/letters-panel.tsx'
import { CaseItems } from '../supervision/case-items.tsx'
import { CaseHead } from './case-head.tsx'
import type { Detail } from './case-view.ts'
import { ClaimsTable } from './claims-table.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { ColourHistoryPanel } from './colour-history.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { CaseAtHandContext } from './fields/case-at-hand.ts'
import { FourLists } from './four-lists.tsx'
import { type FormMove, hasForm } from './move-forms.ts'
import { MoveSheet } from './move-sheet.tsx'
import { MovesPanel } from './moves-panel.tsx'
import { NextPanel } from './next-panel.tsx'
import { OthersNotice } from './others-notice.tsx'
import { PlacePanel } from './place-panel.tsx'
import { useCase } from './queries.ts'
import { RelatedPanel } from './related-panel.tsx'
import { TimelinePanel } from './timeline-panel.tsx'
import { today } from './today.ts'

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
      <OthersNotice c={c} />
      <Contents />
      <div className="case-body">
        <div className="case-side">
          <MovesPanel c={c} open={open} />
          <NextPanel id={c.id} />
          <ClockPanel clocks={c.clocks} />
          <CaseItems c={c} />
          <ColourHistoryPanel id={c.id} />
        </div>
        <div className="case-main">
          <ProblemPanel c={c} />
          <FourLists c={c} />
          <LettersPanel id={c.id} />
          <EvidencePanel c={c} />
          <PlacePanel c={c} />
          <TimelinePanel id={c.id} evidence={c.evidence} />
          <RelatedPanel id={c.id} />
        </div>
      </div>
      <p className="case-foot">{t.casePage.printedOn(today())}</p>
      {move && <MoveSheet key={move} c={c} move={move} onClose={close} />}
    </CaseAtHandContext>
  )
}

function ProblemPanel({ c }: { c: Detail }) {
  const t = useText()
  return (
    <Panel title={t.case.problem} id="problem">
      <h3>{t.case.originalText}</h3>
      <p className="verbatim original">{c.originalText}</p>
      {c.claims.length > 0 && <ClaimsTable claims={c.claims} />}
    </Panel>
  )
}

const SECTIONS = ['problem', 'lists', 'evidence', 'place', 'story', 'related', 'next', 'colours'] as const

// The page is long: its parts by name, and the way onto paper.
function Contents() {
  const t = useText().casePage
  return (
    <nav className="case-contents" aria-label={t.contents}>
      <ul className="row">
        {SECTIONS.map((section) => (
          <li key={section}>
            <a href={`#${section}`}>{t.sections[section]}</a>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => window.print()}>
        {t.print}
      </Button>
    </nav>
  )
}

// The form that stands open is part of the address: from 我的工作 one comes straight to it, and a reload comes back to it.
function useOpenMove(): { move: FormMove | undefined; open(move: FormMove): void; close(): void } {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('move') ?? ''
  const change = (move?: FormMove) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (move) after.set('move', move)
        else after.delete('move')
        return after
      },
      { replace: true },
    )
  return { move: hasForm(asked) ? asked : undefined, open: change, close: () => change() }
}
