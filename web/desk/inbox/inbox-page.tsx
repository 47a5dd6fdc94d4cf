import './inbox.css'
import { Button, Segmented } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useSend } from '../../shell/use-api.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { formatMoment } from '../cases/format.ts'
import { type InboxPage as Page, type Told, useInbox } from './use-inbox.ts'

/** 我的消息: what somebody should know of, newest first; opening one marks it as read. */
export function InboxPage() {
  const { t } = useLanguage()
  const [search, setSearch] = useSearchParams()
  const unread = search.get('unread') === 'true'
  const list = useInbox(unread)
  const send = useSend<{ read: number }>()
  useTitle(t.inbox.title, t.product)
  const left = list.data?.pages[0]?.unread ?? 0
  return (
    <>
      <PageHead
        title={t.inbox.title}
        note={t.inbox.note}
        extra={
          <Button
            disabled={left === 0}
            loading={send.isPending}
            onClick={() => send.mutate({ path: '/api/inbox/read', body: {} })}
          >
            {t.inbox.readAll}
          </Button>
        }
      />
      <Segmented
        aria-label={t.inbox.title}
        value={unread ? 'unread' : 'all'}
        options={[
          { value: 'all', label: t.inbox.all },
          { value: 'unread', label: `${t.inbox.unread} ${left}` },
        ]}
        onChange={(chosen) => setSearch(chosen === 'unread' ? { unread: 'true' } : {})}
      />
      <Loaded query={list}>{({ pages }) => <Messages pages={pages} unread={unread} />}</Loaded>
      {list.hasNextPage && (
        <p className="more">
          <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t.inbox.more}
          </Button>
        </p>
      )}
    </>
  )
}

function Messages({ pages, unread }: { pages: Page[]; unread: boolean }) {
  const { t } = useLanguage()
  const items = pages.flatMap((page) => page.items)
  if (items.length === 0)
    return <MessageBox title={unread ? t.inbox.emptyUnread : t.inbox.empty} text={unread ? undefined : t.inbox.emptyText} />
  return (
    <ul className="inbox-list">
      {items.map((one) => (
        <Message key={one.id} one={one} />
      ))}
    </ul>
  )
}

function Message({ one }: { one: Told }) {
  const { t, language } = useLanguage()
  const send = useSend<{ read: number }>()
  const labels = MOVE_LABELS as Record<string, { zh: string; en: string }>
  const nameOf = (code: string) => labels[code]?.[language] ?? code
  const what = one.words.what && nameOf(one.words.what)
  const moves = (one.words.moves ?? []).map(nameOf).join(language === 'zh' ? '、' : ', ')
  const isNew = one.readAt === null
  return (
    <li className={isNew ? 'inbox-item is-unread' : 'inbox-item'}>
      {isNew ? <span className="inbox-dot" role="img" aria-label={t.inbox.isNew} /> : <span />}
      <span>
        <Link
          to={`/cases/${one.subject}`}
          onClick={() => isNew && send.mutate({ path: `/api/inbox/${one.id}/read`, body: {} })}
          aria-label={t.inbox.open(one.words.no)}
        >
          {one.words.no}
        </Link>{' '}
        {t.inbox.lines[one.kind](what, moves)} {one.words.due && <span className="muted">{t.inbox.due(one.words.due)}</span>}
      </span>
      <time className="muted small" dateTime={one.at}>
        {formatMoment(one.at)}
      </time>
    </li>
  )
}
