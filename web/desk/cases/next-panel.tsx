import type { Move } from '../../../src/cases/rules/codes.ts'
import { MOVE_LABELS, STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { APART_LABELS, BOND_LABELS } from '../../../src/cases/rules/refusal-words.ts'
import { ROLE_LABELS } from '../../../src/people/rules/actor.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type NextView, useNext } from './beside-queries.ts'

/** 下一步: who has the turn, since when and until when, what is still lacking; and who comes after that. */
export function NextPanel({ id }: { id: string }) {
  const t = useLanguage().t.casePage
  return (
    <Panel title={t.sections.next} id="next">
      <Loaded query={useNext(id)}>
        {({ moves }) => (moves.length === 0 ? <p className="muted">{t.next.none}</p> : <Moves moves={moves} />)}
      </Loaded>
    </Panel>
  )
}

function Moves({ moves }: { moves: readonly NextView[] }) {
  const t = useLanguage().t.casePage.next
  const now = moves.filter(({ waits }) => waits === 'now')
  const later = moves.filter(({ waits }) => waits === 'later')
  return (
    <>
      <ol className="next-moves">
        {now.map((next) => (
          <NextItem key={next.move} next={next} />
        ))}
      </ol>
      {later.length > 0 && (
        <details className="moves-refused">
          <summary>{t.more(later.length)}</summary>
          <ol className="next-moves next-later">
            {later.map((next) => (
              <NextItem key={next.move} next={next} />
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

function NextItem({ next }: { next: NextView }) {
  const { language, t } = useLanguage()
  const words = t.casePage.next
  const name = (move: Move) => MOVE_LABELS[move][language]
  return (
    <li className={next.waits === 'now' ? 'next-now' : undefined} data-next={next.move}>
      <p className="row">
        <strong>{name(next.move)}</strong>
        {next.to && <span className="muted small">→ {STATE_LABELS[next.to][language]}</span>}
        {next.overdue && <span className="mark mark-warn">{words.overdue}</span>}
      </p>
      <p className="small number">
        {[
          next.since && words.since(next.since),
          next.until && words.until(next.until),
          next.opens && words.opens(next.opens),
          next.waits === 'later' && next.after && words.after(name(next.after)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {next.by.map((turn) => (
        <p key={turn.role} className="small">
          {ROLE_LABELS[turn.role][language]}
          <span className="muted">
            {' '}
            ·{' '}
            {turn.orgs.length > 0
              ? turn.orgs.map((org) => org.name).join(t.common.listSeparator)
              : BOND_LABELS[turn.bond][language]}
          </span>
          <Holders holders={turn.holders} />
        </p>
      ))}
      {next.notBy.length > 0 && (
        <p className="small muted">
          {words.notBy(next.notBy.map((apart) => APART_LABELS[apart][language]).join(t.common.listSeparator))}
        </p>
      )}
      {next.waits === 'now' && <Lacks lacks={next.lacks} />}
    </li>
  )
}

const MOST_NAMES = 4

function Holders({ holders }: { holders: NextView['by'][number]['holders'] }) {
  const { t } = useLanguage()
  if (holders.length === 0) return null
  const names = holders
    .slice(0, MOST_NAMES)
    .map((holder) => `${holder.name} (${holder.title}${holder.standIn ? `, ${t.casePage.next.standIn}` : ''})`)
  return (
    <span className="next-holders">
      {names.join(t.common.listSeparator)} {holders.length > MOST_NAMES && t.casePage.next.others(holders.length)}
    </span>
  )
}

function Lacks({ lacks }: Pick<NextView, 'lacks'>) {
  const t = useLanguage().t.casePage.next
  if (lacks.length === 0)
    return (
      <p className="small">
        <span className="mark mark-good">{t.ready}</span>
      </p>
    )
  return (
    <div className="small">
      <span className="mark mark-warn">{t.lacks}</span>
      <ul className="next-lacks">
        {lacks.map(({ gate, text }) => (
          <li key={gate}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
