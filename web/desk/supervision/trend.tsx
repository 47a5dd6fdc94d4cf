import { COLOURS } from '../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import type { Counts } from './queries.ts'

type Month = { month: string; counts: Counts; score?: number }

/** The colours of some months as stacked columns; the figures stand in its text. */
export function Trend({ months, big = false }: { months: readonly Month[]; big?: boolean }) {
  const { language } = useLanguage()
  const most = Math.max(1, ...months.map(sum))
  const words = months
    .map(
      (m) =>
        `${m.month} ${COLOURS.toReversed()
          .map((c) => `${COLOUR_LABELS[c][language]} ${m.counts[c]}`)
          .join(' ')}`,
    )
    .join('; ')
  return (
    <div className={big ? 'trend trend-big' : 'trend'} role="img" aria-label={words}>
      {months.map((m) => (
        <span key={m.month} className="trend-month" title={`${m.month}${m.score === undefined ? '' : ` ${m.score}`}`}>
          <span className="trend-column" style={{ height: `${(100 * sum(m)) / most}%` }}>
            {COLOURS.toReversed().map((c) => (
              <span key={c} className={`trend-${c}`} style={{ flexGrow: m.counts[c] }} />
            ))}
          </span>
          {big && (
            <>
              <span className="trend-figures">
                {COLOURS.toReversed()
                  .slice(0, 2)
                  .map((c) => (
                    <span key={c} className={`is-${c}`}>
                      {m.counts[c]}
                    </span>
                  ))}
              </span>
              <span className="trend-name">{m.month.slice(2).replace('-', '/')}</span>
            </>
          )}
        </span>
      ))}
    </div>
  )
}

const sum = (m: Month) => COLOURS.reduce((n, c) => n + m.counts[c], 0)
