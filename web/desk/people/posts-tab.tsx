import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ROLE_LABELS, ROLES, type Role } from '../../../src/people/rules/actor.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useMe } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { type Holder, type Post, useRegions } from '../directory.ts'
import { HistorySheet } from './history-sheet.tsx'
import { PostSheet } from './post-sheet.tsx'

/** 岗位: who holds which post, the hand-over, and who held it before. */
export function PostsTab() {
  const { t } = useLanguage()
  const posts = useGet<{ items: Post[] }>('/api/posts')
  return (
    <>
      <p className="hint">{t.admin.help.posts}</p>
      <Loaded query={posts}>{({ items }) => <Posts posts={items} />}</Loaded>
    </>
  )
}

function Posts({ posts }: { posts: Post[] }) {
  const { t, language } = useLanguage()
  const [words, setWords] = useState('')
  const [role, setRole] = useState<Role>()
  const [open, setOpen] = useState<Post>()
  const [past, setPast] = useState<Post>()
  const rows = posts.filter((post) => (!role || post.role === role) && matches(post, words.trim()))
  const roles = ROLES.map((each) => ({ value: each, label: ROLE_LABELS[each][language] }))
  return (
    <>
      <search className="filters">
        <Input
          aria-label={t.people.search}
          placeholder={t.people.search}
          value={words}
          allowClear
          onChange={(e) => setWords(e.target.value)}
          className="filter-words"
        />
        <Select
          aria-label={t.people.role}
          placeholder={t.people.role}
          options={roles}
          value={role ?? null}
          allowClear
          popupMatchSelectWidth={false}
          onChange={(chosen) => setRole(chosen ?? undefined)}
          className="filter"
        />
        <span className="muted" role="status">
          {t.people.count(rows.length)}
        </span>
      </search>
      {rows.length === 0 ? <MessageBox title={t.people.empty} /> : <PostTable posts={rows} open={setOpen} look={setPast} />}
      {past && <HistorySheet post={past} onClose={() => setPast(undefined)} />}
      {open && <PostSheet post={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function PostTable({ posts, open, look }: { posts: Post[]; open(post: Post): void; look(post: Post): void }) {
  const { t, language } = useLanguage()
  const me = useMe()
  const areas = [...useRegions(), { code: String(me.tenant), name: me.cityName }]
  const columns: Column<Post>[] = [
    { key: 'title', title: t.people.post, phone: 'head', render: (post) => <PostName post={post} look={look} /> },
    { key: 'org', title: t.people.org, render: (post) => post.orgName },
    { key: 'role', title: t.people.role, render: (post) => ROLE_LABELS[post.role][language] },
    {
      key: 'area',
      title: t.people.area,
      width: '120px',
      render: (post) => areas.find((area) => area.code === post.area)?.name ?? post.area,
    },
    {
      key: 'holder',
      title: t.people.holder,
      width: '172px',
      render: (post) =>
        post.holder ? <HolderName holder={post.holder} /> : <span className="mark mark-warn">{t.people.vacant}</span>,
    },
    {
      key: 'standIn',
      title: t.people.standIn,
      width: '172px',
      render: (post) => (post.standIn ? <HolderName holder={post.standIn} /> : <span className="muted">—</span>),
    },
    {
      key: 'act',
      title: t.people.handOver,
      width: '104px',
      render: (post) => (
        <Button
          size="small"
          onClick={() => open(post)}
          aria-label={`${post.holder ? t.people.handOver : t.people.give} ${post.title}`}
        >
          {post.holder ? t.people.handOver : t.people.give}
        </Button>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.people.title} columns={columns} rows={posts} rowKey={(post) => post.id} />
    </div>
  )
}

function PostName({ post, look }: { post: Post; look(post: Post): void }) {
  const { t } = useLanguage()
  return (
    <Button type="link" size="small" onClick={() => look(post)} title={t.admin.historyTitle(post.title)}>
      {post.title}
    </Button>
  )
}

function HolderName({ holder }: { holder: Holder }) {
  const { t } = useLanguage()
  return (
    <>
      {holder.name} {!holder.open && <span className="mark mark-warn">{t.admin.closedHolder}</span>}
    </>
  )
}

function matches(post: Post, words: string): boolean {
  return [post.title, post.orgName, post.holder?.name, post.standIn?.name].some((text) => text?.includes(words))
}
