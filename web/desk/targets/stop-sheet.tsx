import { Button, Form, Input } from 'antd'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import type { TargetRow } from './target-view.ts'

/** Stops a target, with the reason that stays beside it. */
export function StopSheet({ target, onClose }: { target: TargetRow; onClose(): void }) {
  const t = useText()
  const send = useSend<TargetRow>({ onDone: onClose })
  return (
    <Sheet title={t.targets.stopTitle(target.name)} open onClose={onClose}>
      <Form
        layout="vertical"
        onFinish={({ why }: { why: string }) =>
          send.mutate({ path: `/api/targets/${target.id}/stop`, body: { why }, version: target.version })
        }
      >
        <Form.Item
          name="why"
          label={t.targets.stopWhy}
          extra={t.targets.stopHint}
          rules={[{ required: true, whitespace: true, message: t.common.missing(t.targets.stopWhy) }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" danger htmlType="submit" loading={send.isPending}>
            {t.targets.stop}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}
