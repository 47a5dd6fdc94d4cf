import { type Day, daysBetween } from '../../../src/base/rules/day.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type ColoursView, useColours } from './beside-queries.ts'

/** 三色变化: every change of colour with its day and reason, computed; and the frozen months, which alone count. */
export function ColourHistoryPanel({ id }: { id: string }) {
  const t = useLanguage().t.casePage
  return (
    <Panel title={t.sections.colours} id="colours">
      <Loaded query={useColours(id)}>
        {(found) => (
          <>
            <p className="small muted">
              <span className="mark">{t.colours.computed}</span> {t.colours.computedNote}
            </p>
            <Changes found={found} />
            {found.unknown && <p className="small soon">{t.colours.unknown(found.unknown)}</p>}
            <Months months={found.months} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Changes({ found: { changes, today, unknown } }: { found: ColoursView }) {
  const { language, t } = useLanguage()
  const words = t.casePage.colours
  if (changes.length === 0) return <p className="muted">{words.none}</p>
  const endOf = (i: number) => (changes[i + 1]?.day ?? unknown ?? today) as Day
  return (
    <ol className="colour-changes">
      {changes
        .map((change, i) => ({ ...change, days: daysBetween(change.day as Day, endOf(i)), last: i === changes.length - 1 }))
        .toReversed()
        .map((change) => (
          <li key={change.day} className={`signal-line signal-line-${change.colour}`}>
            <p>
              <strong>{COLOUR_LABELS[change.colour][language]}</strong> <span className="number">{words.from(change.day)}</span>{' '}
              <span className="muted small">
                {words.days(change.days)}
                {change.last && ` · ${words.since}`}
              </span>
            </p>
            <p className="small muted">{change.by ? words.byEvent(words.event(change.by)) : words.byTime}</p>
            {change.why.map((why) => (
              <p key={why.rule} className="small">
                {t.colourWhy[why.rule]?.(why.inputs) ?? why.rule} <span className="muted">({why.clause})</span>
              </p>
            ))}
          </li>
        ))}
    </ol>
  )
}

function Months({ months }: Pick<ColoursView, 'months'>) {
  const { language, t } = useLanguage()
  return (
    <>
      <h3>{t.casePage.colours.months}</h3>
      {months.length === 0 && <p className="muted small">{t.casePage.colours.noMonths}</p>}
      <ul className="colour-months">
        {months.toReversed().map(({ month, colour }) => (
          <li key={month} className={`colour-month colour-month-${colour}`}>
            <span className="number">{month}</span> <strong>{COLOUR_LABELS[colour][language]}</strong>
          </li>
        ))}
      </ul>
    </>
  )
}
