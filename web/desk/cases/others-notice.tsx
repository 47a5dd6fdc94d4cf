import { Alert, Button } from 'antd'
import { useText } from '../../shell/language.tsx'
import type { Detail } from './case-view.ts'
import { Happened } from './changed-since.tsx'
import { useOthers, useWatch } from './use-watch.ts'

/** Somebody else moved the case while it was looked at: who and what, until the reader has seen it. */
export function OthersNotice({ c }: { c: Detail }) {
  const t = useText().casePage.changed
  useWatch(c)
  const { others, acknowledge } = useOthers(c)
  if (others.length === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      className="case-notice others-notice"
      title={t.title}
      description={<Happened events={others} />}
      action={
        <Button size="small" onClick={acknowledge}>
          {t.ok}
        </Button>
      }
    />
  )
}
