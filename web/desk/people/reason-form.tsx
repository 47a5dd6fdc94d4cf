import { Button, Form, Input } from 'antd'
import { useText } from '../../shell/language.tsx'

/** One question: why. */
export function ReasonForm({ submit, pending, onSubmit }: { submit: string; pending: boolean; onSubmit(reason: string): void }) {
  return (
    <Form layout="vertical" disabled={pending} onFinish={({ reason }: { reason: string }) => onSubmit(reason)}>
      <ReasonItem />
      <Button type="primary" danger htmlType="submit" loading={pending}>
        {submit}
      </Button>
    </Form>
  )
}

/** The reason that every act of administration states; it goes into the journal. */
export function ReasonItem() {
  const t = useText()
  return (
    <Form.Item
      name="reason"
      label={t.admin.reason}
      rules={[{ required: true, whitespace: true, message: t.common.missing(t.admin.reason) }]}
    >
      <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
    </Form.Item>
  )
}
