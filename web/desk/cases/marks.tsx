import type { Case, Reminder } from '../../../src/cases/rules/case.ts'
import { STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { missingFields } from './missing-fields.ts'

/** Short words beside a case: its state, that it is a sample, that fields are missing. */
export function Marks({ c, state = true }: { c: Pick<Case, 'state' | 'sample' | 'incomplete' | 'reminders'>; state?: boolean }) {
  const { language, t } = useLanguage()
  const lacking = missingFields(c.incomplete, language).join(t.common.listSeparator)
  return (
    <>
      {state && <span className="mark mark-state">{STATE_LABELS[c.state][language]}</span>}
      {c.sample && <span className="mark mark-sample">{t.sample}</span>}
      {c.incomplete.length > 0 && (
        <span className="mark mark-warn" title={lacking}>
          {t.list.lacks}
        </span>
      )}
      <Reminded reminders={c.reminders ?? []} />
    </>
  )
}

/** How often the unit was pressed and when last, as long as it has not acknowledged it. */
function Reminded({ reminders }: { reminders: readonly Reminder[] }) {
  const { t } = useLanguage()
  const last = reminders.at(-1)
  if (!last || last.acknowledged) return null
  const words = [last.text, ...(last.answerBy ? [t.desk.answerBy(last.answerBy)] : [])].join(t.common.listSeparator)
  return (
    <span className="mark mark-warn" title={words}>
      {t.desk.reminders(reminders.length, last.on)}
    </span>
  )
}
