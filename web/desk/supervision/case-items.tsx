import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ITEM_STATE_LABELS, KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useCan } from '../../shell/session.ts'
import { Panel } from '../../ui/panel.tsx'
import { HandSheet } from './hand-sheet.tsx'
import { AnswerDue } from './item-table.tsx'
import { useItems } from './queries.ts'

type Of = { id: string; duties: readonly { org: string; as: string }[]; leader?: { name: string; title: string } | undefined }

/** The items of supervision about one case; whoever reads none has no panel. */
export function CaseItems({ c }: { c: Of }) {
  return useCan('supervision.read') ? <Items c={c} /> : null
}

function Items({ c }: { c: Of }) {
  const { t, language } = useLanguage()
  const [drafting, setDrafting] = useState(false)
  const canDraft = useCan('supervision.draft')
  return (
    <Panel
      title={t.supervision.onCase}
      extra={
        canDraft && (
          <Button size="small" onClick={() => setDrafting(true)}>
            {t.supervision.hand.button}
          </Button>
        )
      }
    >
      <Loaded query={useItems(`case=${c.id}`)}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t.supervision.onCaseNone}</p>
          ) : (
            <ul className="stack">
              {items.map((item) => (
                <li key={item.id} className="row">
                  <Link to={`/supervision/${item.id}`}>
                    {KIND_LABELS[item.kind][language]} {item.no ?? item.draftedOn}
                  </Link>
                  <span className="mark mark-state">{ITEM_STATE_LABELS[item.state][language]}</span>
                  <AnswerDue item={item} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {drafting && <HandSheet c={c} onClose={() => setDrafting(false)} />}
    </Panel>
  )
}
