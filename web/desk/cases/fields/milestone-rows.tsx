import { Button, Input } from 'antd'
import type { Day } from '../../../../src/base/rules/day.ts'
import type { Milestone } from '../../../../src/cases/rules/case.ts'
import { useText } from '../../../shell/language.tsx'
import { DayInput } from '../../../ui/day-input.tsx'
import { freshId } from './fresh-id.ts'

/** The milestones of one measure: by which day what must hold. */
export function MilestoneRows({
  prefix,
  value,
  onChange,
}: {
  prefix: string
  value: Milestone[]
  onChange(rows: Milestone[]): void
}) {
  const t = useText()
  const set = (id: string, change: Partial<Milestone>) =>
    onChange(value.map((row) => (row.id === id ? { ...row, ...change } : row)))
  return (
    <div className="stack">
      {value.map((row) => (
        <div className="milestone-row" key={row.id}>
          <DayInput label={t.words.dueDay} value={row.due} onChange={(due) => set(row.id, { due: (due ?? '') as Day })} />
          <Input
            placeholder={t.words.milestone}
            aria-label={t.words.milestone}
            value={row.text}
            onChange={(e) => set(row.id, { text: e.target.value })}
          />
          <Input
            placeholder={t.words.standard}
            aria-label={t.words.standard}
            value={row.standard}
            onChange={(e) => set(row.id, { standard: e.target.value })}
          />
          <Button type="text" onClick={() => onChange(value.filter((each) => each.id !== row.id))}>
            {t.common.remove}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() => onChange([...value, { id: freshId(prefix, value), text: '', due: '' as Day, standard: '' }])}
      >
        {t.words.addMilestone}
      </Button>
    </div>
  )
}
