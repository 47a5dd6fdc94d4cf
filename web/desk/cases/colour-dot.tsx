import type { Colour } from '../../../src/cases/rules/codes.ts'
import type { ColourWhy } from '../../../src/cases/rules/colours.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { SignalDot } from '../../ui/signal-dot.tsx'

/** 三色: the colour of a case and, on hover or focus, every reason for it. */
export function ColourDot({ colour, why }: { colour: Colour; why: readonly ColourWhy[] }) {
  const { language, t } = useLanguage()
  const label = COLOUR_LABELS[colour][language]
  const manual = why.some((reason) => reason.rule === 'manual')
  return (
    <SignalDot
      tone={colour}
      label={manual ? `${label} (${t.case.manual})` : label}
      title={t.case.colourWhy(label)}
      reasons={
        why.length > 0 ? why.map((reason) => t.colourWhy[reason.rule]?.(reason.inputs) ?? reason.rule) : [t.case.noPressure]
      }
    />
  )
}
