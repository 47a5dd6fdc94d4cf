import { useText } from '../../../shell/language.tsx'
import { YuanInput } from '../../../ui/yuan-input.tsx'
import { useCaseAtHand } from './case-at-hand.ts'
import type { WidgetProps } from './widget-props.ts'

type Row = { measure: string; fen: number }

/** What each measure that has money has cost so far. */
export function SpentField({ value = [], onChange }: WidgetProps<Row[]>) {
  const t = useText()
  const funded = useCaseAtHand().measures.filter((measure) => measure.moneyFen)
  if (funded.length === 0) return <p className="muted">{t.common.none}</p>
  const set = (measure: string, fen: number | undefined) => {
    const others = value.filter((row) => row.measure !== measure)
    onChange?.(fen === undefined ? others : [...others, { measure, fen }])
  }
  return (
    <div className="stack">
      {funded.map((measure) => {
        const fen = value.find((row) => row.measure === measure.id)?.fen ?? measure.spentFen
        return (
          <div className="money-row" key={measure.id}>
            <span>{measure.text}</span>
            <YuanInput
              label={`${measure.text} ${t.words.spent}`}
              {...(fen !== undefined && { value: fen })}
              onChange={(amount) => set(measure.id, amount)}
            />
          </div>
        )
      })}
    </div>
  )
}
