import type { ReactNode } from 'react'
import { COLOUR_LABELS, MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Detail } from './case-view.ts'
import type { FormMove } from './move-forms.ts'
import { TaskList } from './task-list.tsx'

/** What a decision is about, in front of the one who decides: the plan, the request, the return, the objection, the proposal. */
export function MoveContext({ c, move }: { c: Detail; move: FormMove }) {
  const content = CONTEXTS[move]?.(c)
  return content ? <div className="move-context">{content}</div> : null
}

const CONTEXTS: Partial<Record<FormMove, (c: Detail) => ReactNode>> = {
  approve_plan: (c) => <TaskList c={c} />,
  reject_plan: (c) => <TaskList c={c} />,
  decide_extension: (c) => <Request c={c} />,
  arbitrate: (c) => <Returned c={c} />,
  resolve_objection: (c) => <Objection c={c} />,
  mark_unfounded: (c) => c.pending?.kind === 'unfounded' && <Proposal c={c} />,
  override_colour: (c) => c.pending?.kind === 'colour' && <Proposal c={c} />,
}

function Request({ c }: { c: Detail }) {
  const t = useText()
  const asked = c.extensions.findLast((extension) => !extension.decision)
  if (!asked) return null
  return (
    <Facts
      facts={[
        { label: t.fields.toDay, value: `${asked.dueWas} → ${asked.toDay}`, wide: true },
        { label: t.fields.reason, value: asked.reason, wide: true },
        { label: t.fields.progress, value: asked.progress, wide: true },
        { label: t.fields.newPlan, value: asked.newPlan, wide: true },
        { label: t.moves.asked, value: `${asked.on} ${asked.by.orgName ?? ''} ${asked.by.name}`, wide: true },
      ]}
    />
  )
}

function Returned({ c }: { c: Detail }) {
  const t = useText()
  if (!c.returned) return null
  const { on, by, reason, basis, suggested } = c.returned
  return (
    <Facts
      facts={[
        { label: t.moves.returnedWhy, value: reason, wide: true },
        { label: t.fields.basis, value: basis, wide: true },
        { label: t.fields.suggested, value: suggested, wide: true },
        { label: t.moves.asked, value: `${on} ${by.orgName ?? ''} ${by.name}`, wide: true },
      ]}
    />
  )
}

function Objection({ c }: { c: Detail }) {
  const t = useText()
  const open = c.notice?.objections.filter((objection) => !objection.decided) ?? []
  return <Facts facts={open.map((objection) => ({ label: t.moves.objection, value: objection.text, wide: true }))} />
}

// Whoever gives the second word to a colour must see which one.
function Proposal({ c }: { c: Detail }) {
  const { t, language } = useLanguage()
  const { pending } = c
  const colour =
    pending?.kind === 'colour' && (pending.colour === 'auto' ? t.words.auto : COLOUR_LABELS[pending.colour][language])
  return (
    <Facts
      facts={[
        { label: t.moves.proposed, value: pending && `${pending.by.name}${t.colon}${pending.reason}`, wide: true },
        ...(colour ? [{ label: MOVE_LABELS.override_colour[language], value: colour }] : []),
      ]}
    />
  )
}
