import './work.css'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { WORK_GROUPS, type WorkGroup } from '../../../src/cases/work/rules/groups.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { pagesFor } from '../../shell/pages.ts'
import { useMe } from '../../shell/session.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { type GroupOfWork, useWork } from './queries-work.ts'
import { today } from './today.ts'
import { useRowKeys } from './use-row-keys.ts'
import { WorkGroupPanel } from './work-group.tsx'
import { WorkKeys } from './work-keys.tsx'
import { WorkStrip } from './work-strip.tsx'

/** 我的工作: what waits for me, by what I must do. Whoever reads no cases starts at the first page of their posts. */
export function WorkPage() {
  const me = useMe()
  return me.permissions.includes('case.read') ? <Work /> : <Navigate to={pagesFor(me)[0]?.to ?? '/account'} replace />
}

function Work() {
  const { t } = useLanguage()
  const [help, setHelp] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  useTitle(t.work.title, t.product)
  useRowKeys(page, { onHelp: () => setHelp(true) })
  return (
    <div ref={page}>
      <PageHead
        title={t.work.title}
        note={t.work.note(today())}
        extra={<Button onClick={() => setHelp(true)}>{t.myWork.keys}</Button>}
      />
      <Loaded query={useWork()}>{({ groups, soonDays }) => <Groups groups={groups} soonDays={soonDays} />}</Loaded>
      <WorkKeys open={help} close={() => setHelp(false)} />
    </div>
  )
}

function Groups({ groups, soonDays }: { groups: GroupOfWork[]; soonDays: number }) {
  const { t } = useLanguage()
  const asked = useAsked()
  const open = asked ?? groups[0]?.group
  if (groups.length === 0) {
    return <MessageBox title={t.work.emptyTitle} text={t.work.emptyText} action={<Link to="/cases">{t.work.toList}</Link>} />
  }
  const found = groups.find(({ group }) => group === open)
  return (
    <>
      <WorkStrip groups={groups} open={open!} soonDays={soonDays} />
      {found ? (
        <WorkGroupPanel key={found.group} known={found} soonDays={soonDays} />
      ) : (
        <MessageBox title={t.myWork.done} text={t.myWork.doneText} action={<Link to="/work">{t.myWork.rest}</Link>} />
      )}
    </>
  )
}

/** The group that the address names. */
function useAsked(): WorkGroup | undefined {
  const name = useSearchParams()[0].get('group')
  return WORK_GROUPS.find((group) => group === name)
}
