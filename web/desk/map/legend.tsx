import { COLOURS } from '../../../src/cases/rules/codes.ts'
import { SHAPES } from '../../map/shapes.ts'
import { useLanguage } from '../../shell/language.tsx'
import { nameOf } from '../cases/closed-lists.ts'
import { LIGHTS, PHASES, type Phase, SHARES, type Sign } from './symbols.ts'
import { useMapText } from './texts.ts'
import type { ColourBy } from './use-map-filters.ts'

/** What the marks mean, in words and shapes; open at first where there is room. */
export function Legend({ by }: { by: ColourBy }) {
  const t = useMapText()
  const { language } = useLanguage()
  const rows: [Sign, string][] =
    by === 'colour'
      ? [...COLOURS].reverse().map((colour) => [LIGHTS[colour], nameOf('colour', colour, language)])
      : (Object.keys(PHASES) as Phase[]).map((phase) => [PHASES[phase], t.phase[phase]])
  return (
    <details className="map-legend" open={matchMedia('(width >= 900px)').matches}>
      <summary>{t.legend}</summary>
      <ul>
        {rows.map(([symbol, label]) => (
          <li key={label}>
            <Mark symbol={symbol} /> {label}
          </li>
        ))}
        <li className="map-legend-cluster">
          <Pie by={by} /> {by === 'colour' ? t.cluster : t.clusterState}
        </li>
      </ul>
    </details>
  )
}

/** The mark of a case as the map draws it. */
export function Mark({ symbol: { shape, colour } }: { symbol: Sign }) {
  return (
    <svg className="map-mark" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path d={SHAPES[shape]} fill={colour} fillRule="evenodd" stroke="rgb(0 0 0 / 55%)" strokeWidth="1.4" />
    </svg>
  )
}

function Pie({ by }: { by: ColourBy }) {
  const share = 2 * Math.PI * 8
  const all = SHARES[by]
  return (
    <svg className="map-mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <circle cx="12" cy="12" r="11" fill="#fff" stroke="rgb(27 39 48 / 45%)" />
      {all.map(({ colour }, i) => (
        <circle
          key={colour}
          {...{ cx: 12, cy: 12, r: 8, fill: 'none', stroke: colour, strokeWidth: 4 }}
          strokeDasharray={`${share / all.length - 1.5} ${share}`}
          transform={`rotate(${(i / all.length) * 360 - 90} 12 12)`}
        />
      ))}
    </svg>
  )
}
