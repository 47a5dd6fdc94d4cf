import { Button, message } from 'antd'
import { useEffect } from 'react'
import { KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { GroundList } from './ground-list.tsx'
import type { PlannedDraft } from './queries.ts'

type Plan = { dryRun: boolean; drafts: PlannedDraft[] }

/** 按规则拟稿: first what would be drafted and why, then the button that does it. */
export function ByRuleSheet({ onClose }: { onClose(): void }) {
  const { t } = useLanguage()
  const plan = useSend<Plan>()
  const real = useSend<Plan>({
    onDone: ({ drafts }) => {
      message.success(t.supervision.byRule.done(drafts.length))
      onClose()
    },
  })
  const { mutate } = plan
  useEffect(() => mutate({ path: '/api/supervision/by-rule', body: { dryRun: true } }), [mutate])
  const drafts = plan.data?.drafts
  return (
    <Sheet title={t.supervision.byRule.title} open onClose={onClose} wide>
      {plan.error && <ProblemAlert error={plan.error} />}
      {plan.isPending && <p role="status">{t.state.loading}</p>}
      {drafts?.length === 0 && <p className="hint">{t.supervision.byRule.none}</p>}
      {drafts && drafts.length > 0 && <Drafts drafts={drafts} />}
      <div className="sheet-foot">
        {real.error && <ProblemAlert error={real.error} />}
        {drafts && drafts.length > 0 && (
          <Button
            type="primary"
            loading={real.isPending}
            onClick={() => real.mutate({ path: '/api/supervision/by-rule', body: { dryRun: false } })}
          >
            {t.supervision.byRule.confirm(drafts.length)}
          </Button>
        )}
        <Button onClick={onClose}>{t.common.close}</Button>
      </div>
    </Sheet>
  )
}

function Drafts({ drafts }: { drafts: readonly PlannedDraft[] }) {
  const { t, language } = useLanguage()
  return (
    <>
      <p>{t.supervision.byRule.would(drafts.length)}</p>
      <ul className="planned">
        {drafts.map((d) => (
          <li key={`${d.kind} ${d.orgName} ${d.cases[0]?.id}`}>
            <p>
              <span className="mark mark-state">{KIND_LABELS[d.kind][language]}</span> <strong>{d.orgName}</strong> {d.title}
            </p>
            <details className="small">
              <summary>{t.supervision.item.grounds}</summary>
              <GroundList grounds={d.grounds} />
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}
