import '../lists.css'
import './people.css'
import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { useCan } from '../../shell/session.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AccountsTab } from './accounts-tab.tsx'
import { OrganisationsTab } from './organisations-tab.tsx'
import { PostsTab } from './posts-tab.tsx'

/** 单位、岗位与人员: the directory and what the security administrator does with it. */
export function PeoplePage() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  useTitle(t.people.title, t.product)
  if (!useCan('people.manage')) return <MessageBox alert title={t.people.forbidden} />
  const items = [
    { key: 'posts', label: t.admin.tabs.posts, children: <PostsTab /> },
    { key: 'organisations', label: t.admin.tabs.organisations, children: <OrganisationsTab /> },
    { key: 'accounts', label: t.admin.tabs.accounts, children: <AccountsTab /> },
  ]
  return (
    <>
      <PageHead title={t.people.title} note={t.people.note} />
      <Tabs
        items={items}
        activeKey={search.get('tab') ?? 'posts'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
      />
    </>
  )
}
