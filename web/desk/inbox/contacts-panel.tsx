import { Button, Form, Input, message } from 'antd'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useGet, useSend } from '../../shell/use-api.ts'
import { Panel } from '../../ui/panel.tsx'

type Channel = 'mail' | 'sms'
type Contacts = { items: { channel: Channel; address: string }[]; offered: Channel[] }

/** Where else somebody wants to be told: an address for each channel, kept or taken back. */
export function ContactsPanel() {
  const { t } = useLanguage()
  return (
    <Panel title={t.inbox.contacts}>
      <p className="muted">{t.inbox.contactsNote}</p>
      <Loaded query={useGet<Contacts>('/api/contacts')}>
        {({ items, offered }) =>
          (['mail', 'sms'] as const).map((channel) => (
            <ContactForm
              key={channel}
              channel={channel}
              address={items.find((c) => c.channel === channel)?.address ?? ''}
              isOffered={offered.includes(channel)}
            />
          ))
        }
      </Loaded>
    </Panel>
  )
}

function ContactForm({ channel, address, isOffered }: { channel: Channel; address: string; isOffered: boolean }) {
  const { t } = useLanguage()
  const path = `/api/contacts/${channel}`
  const save = useSend<Contacts>({ onDone: () => void message.success(t.inbox.saved) })
  const remove = useSend<Contacts>({ onDone: () => void message.success(t.inbox.removed) })
  return (
    <Form
      layout="vertical"
      initialValues={{ address }}
      key={address}
      onFinish={(values: { address?: string }) => save.mutate({ method: 'PUT', path, body: { address: values.address ?? '' } })}
    >
      <Form.Item
        name="address"
        label={t.inbox.channels[channel]}
        extra={isOffered ? undefined : t.inbox.notOffered}
        rules={[{ required: true, message: t.common.missing(t.inbox.channels[channel]) }]}
      >
        <Input
          maxLength={200}
          autoComplete={channel === 'mail' ? 'email' : 'tel'}
          inputMode={channel === 'mail' ? 'email' : 'tel'}
        />
      </Form.Item>
      {(save.error ?? remove.error) && <ProblemAlert error={save.error ?? remove.error} />}
      <p className="row">
        <Button htmlType="submit" loading={save.isPending}>
          {t.inbox.save}
        </Button>
        {address && (
          <Button onClick={() => remove.mutate({ method: 'DELETE', path })} loading={remove.isPending}>
            {t.inbox.remove}
          </Button>
        )}
      </p>
    </Form>
  )
}
