import { useText } from '../../shell/language.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { leavesOf, type RuleRow } from './rule-view.ts'
import { useRuleWords } from './rule-words.tsx'
import { Verified } from './verified.tsx'

/** One rule in full. */
export function RuleSheet({ rule, onClose }: { rule: RuleRow; onClose(): void }) {
  const t = useText()
  const { titleOf, fieldOf, wordOf } = useRuleWords()
  return (
    <Sheet title={titleOf(rule)} open wide onClose={onClose}>
      <Facts
        facts={[
          {
            label: t.rules.holds,
            value: rule.validTo ? t.rules.fromTo(rule.validFrom, rule.validTo) : t.rules.from(rule.validFrom),
          },
          { label: t.rules.source, value: rule.source },
          { label: t.rules.state, value: <Verified row={rule} /> },
          ...leavesOf(rule.value).map((leaf) => ({ label: fieldOf(leaf.path) || t.rules.value, value: wordOf(leaf.value) })),
        ]}
      />
    </Sheet>
  )
}
