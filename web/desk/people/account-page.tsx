import './people.css'
import { Button, message } from 'antd'
import { ROLE_LABELS } from '../../../src/people/rules/actor.ts'
import { useLanguage } from '../../shell/language.tsx'
import { PasswordForm } from '../../shell/password-form.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useMe, useSignOut } from '../../shell/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ContactsPanel } from '../inbox/contacts-panel.tsx'
import { TokensPanel } from './tokens-panel.tsx'

/** 我的账户: who I am here, in which posts, and the way out. */
export function AccountPage() {
  const { t, language } = useLanguage()
  const me = useMe()
  const signOut = useSignOut()
  useTitle(t.account.title, t.product)
  return (
    <>
      <PageHead
        title={t.account.title}
        extra={
          <Button danger onClick={() => signOut.mutate()} loading={signOut.isPending}>
            {t.account.signOut}
          </Button>
        }
      />
      {signOut.error && <ProblemAlert error={signOut.error} />}
      <Panel title={t.account.person}>
        <Facts
          facts={[
            { label: t.account.name, value: me.name },
            ...(me.username ? [{ label: t.signIn.username, value: me.username }] : []),
            { label: t.account.city, value: `${me.cityName} ${me.tenant}` },
          ]}
        />
      </Panel>
      <Panel title={t.account.posts}>
        {me.holdings.length === 0 && <p className="muted">{t.account.noPosts}</p>}
        <DataTable
          caption={t.account.posts}
          rows={me.holdings}
          rowKey={(holding) => `${holding.post} ${holding.standIn}`}
          columns={[
            { key: 'title', title: t.account.post, render: (h) => h.title, phone: 'head' },
            { key: 'role', title: t.account.role, render: (h) => ROLE_LABELS[h.role][language] },
            { key: 'org', title: t.account.org, render: (h) => h.orgName },
            { key: 'standIn', title: t.account.standing, render: (h) => (h.standIn ? t.account.standIn : t.account.holder) },
          ]}
        />
      </Panel>
      <ContactsPanel />
      <Panel title={t.admin.password.title}>
        <div className="narrow">
          <PasswordForm onDone={() => message.success(t.admin.password.done)} />
        </div>
      </Panel>
      {!me.readOnly && <TokensPanel />}
    </>
  )
}
