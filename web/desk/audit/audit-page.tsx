import '../lists.css'
import '../people/people.css'
import { Button, Input, Select, Tabs } from 'antd'
import { type ReactNode, useState } from 'react'
import { ACCESS_KINDS, ACCESS_TEXTS, type AccessKind } from '../../../src/people/rules/access.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Facts } from '../../ui/facts.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { moment } from '../people/format.ts'
import { type AccessLine, AccessTable } from './access-table.tsx'
import { type EventLine, EventTable } from './event-table.tsx'

/** 审计: who did what and when, who came in, and how the journal stands. For the auditor only; nothing here can be changed. */
export function AuditPage() {
  const t = useText()
  useTitle(t.admin.audit.title, t.product)
  if (!useCan('journal.read')) return <MessageBox alert title={t.admin.audit.forbidden} />
  const items = [
    { key: 'events', label: t.admin.audit.events, children: <Events /> },
    { key: 'access', label: t.admin.audit.access, children: <AccessLog /> },
  ]
  return (
    <>
      <PageHead title={t.admin.audit.title} note={t.admin.help.audit} />
      <ProofPanel />
      <Tabs items={items} destroyOnHidden />
    </>
  )
}

type Proof = {
  events: number
  checkpoint: { size: number; at: string; root: string } | null
  verified: { at: string; ok: boolean; events: number } | null
}

function ProofPanel() {
  const words = useText().admin.audit
  const proof = useGet<Proof>('/api/audit/proof')
  return (
    <Panel title={words.proof}>
      <Loaded query={proof}>
        {({ events, checkpoint, verified }) => (
          <Facts
            facts={[
              { label: words.size, value: events },
              {
                label: words.checkpoint,
                value: checkpoint ? words.checkpointAt(checkpoint.size, moment(checkpoint.at)) : words.noCheckpoint,
              },
              { label: words.verified, value: verified ? verdictOf(verified, words) : words.notVerified },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  )
}

type Words = { verifiedOk(at: string, n: number): string; verifiedBad(at: string): string }

function verdictOf({ at, ok, events }: NonNullable<Proof['verified']>, words: Words): ReactNode {
  return ok ? words.verifiedOk(moment(at), events) : <strong>{words.verifiedBad(moment(at))}</strong>
}

type Query = { person?: string; kind?: string; from?: string; to?: string }

function Events() {
  const { t } = useLanguage()
  const kinds = Object.entries(t.admin.audit.kinds).map(([value, label]) => ({ value, label }))
  return <Trail<EventLine> path="/api/audit/events" kinds={kinds} table={(lines) => <EventTable lines={lines} />} />
}

function AccessLog() {
  const { language } = useLanguage()
  const kinds = ACCESS_KINDS.map((kind: AccessKind) => ({ value: kind, label: ACCESS_TEXTS[kind][language] }))
  return <Trail<AccessLine> path="/api/audit/access" kinds={kinds} table={(lines) => <AccessTable lines={lines} />} />
}

type Kind = { value: string; label: string }

function Trail<T>({ path, kinds, table }: { path: string; kinds: Kind[]; table(lines: T[]): ReactNode }) {
  const [query, setQuery] = useState<Query>({})
  const [pages, setPages] = useState<string[]>([''])
  const text = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString()
  const ask = (next: Query) => {
    setQuery(next)
    setPages([''])
  }
  const more = (after: string) => setPages([...pages, after])
  return (
    <>
      <Filters query={query} kinds={kinds} ask={ask} file={`${path}/file?${text}`} />
      {pages.map((after, i) => (
        <TrailPage<T>
          key={`${text} ${after}`}
          path={`${path}?${text}${after && `&after=${encodeURIComponent(after)}`}`}
          table={table}
          {...(i === pages.length - 1 && { more })}
        />
      ))}
    </>
  )
}

function TrailPage<T>({ path, table, more }: { path: string; table(lines: T[]): ReactNode; more?(after: string): void }) {
  const t = useText()
  const page = useGet<{ items: T[]; next: string | null }>(path)
  return (
    <Loaded query={page}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? <MessageBox title={t.admin.audit.empty} /> : <div className="table-wrap">{table(items)}</div>}
          {more && next && (
            <p className="more">
              <Button onClick={() => more(next)}>{t.admin.audit.more}</Button>
            </p>
          )}
        </>
      )}
    </Loaded>
  )
}

function Filters({ query, kinds, ask, file }: { query: Query; kinds: Kind[]; ask(query: Query): void; file: string }) {
  const words = useText().admin.audit
  const [person, setPerson] = useState(query.person ?? '')
  const set = (key: keyof Query, value: string | undefined) => ask({ ...query, ...{ [key]: value } })
  return (
    <search className="filters">
      <Input.Search
        aria-label={words.person}
        placeholder={words.person}
        value={person}
        allowClear
        onChange={(e) => setPerson(e.target.value)}
        onSearch={(value) => set('person', value.trim())}
        enterButton={words.search}
        className="filter-words"
      />
      <Select
        aria-label={words.kind}
        placeholder={words.kind}
        options={kinds}
        value={query.kind ?? null}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(kind) => set('kind', kind ?? undefined)}
        className="filter"
      />
      <span className="days">
        {words.from}
        <DayInput label={words.from} {...(query.from && { value: query.from })} onChange={(day) => set('from', day)} />
        {words.to}
        <DayInput label={words.to} {...(query.to && { value: query.to })} onChange={(day) => set('to', day)} />
      </span>
      <Button href={file} download>
        {words.export}
      </Button>
    </search>
  )
}
