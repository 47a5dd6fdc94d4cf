import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type MeetingItem, READY } from '../../../src/cases/meetings/rules/meeting.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ListItem } from '../cases/case-view.ts'
import { nameOf } from '../cases/closed-lists.ts'
import { useCases } from '../cases/queries.ts'

/** What waits for an acceptance or for its clear-off and is not on the agenda yet. */
export function Candidates({ known, put }: { known: readonly MeetingItem[]; put(items: MeetingItem[]): void }) {
  const { t } = useLanguage()
  const list = useCases({ state: READY.join(','), sort: 'due' })
  return (
    <Panel title={t.meetings.candidates}>
      <p className="muted small">{t.meetings.candidatesNote}</p>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items).filter((c) => !known.some((item) => item.case === c.id))
          return items.length === 0 ? <p className="muted">{t.meetings.candidatesNone}</p> : <Choices items={items} put={put} />
        }}
      </Loaded>
      {list.hasNextPage && (
        <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t.list.more}
        </Button>
      )}
    </Panel>
  )
}

function Choices({ items, put }: { items: readonly ListItem[]; put(items: MeetingItem[]): void }) {
  const { t, language } = useLanguage()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const picked = items.filter(({ id }) => chosen.includes(id))
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  return (
    <>
      <ul className="candidates">
        {items.map((c) => (
          <li key={c.id}>
            <Checkbox checked={chosen.includes(c.id)} onChange={() => toggle(c.id)}>
              <span className="nowrap number">{c.no}</span> {c.title}{' '}
              <span className="mark mark-state">{nameOf('state', c.state, language)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          type="primary"
          disabled={picked.length === 0}
          onClick={() => {
            put(picked.map(itemOf))
            setChosen([])
          }}
        >
          {t.meetings.put} {picked.length > 0 && picked.length}
        </Button>
        <Button onClick={() => setChosen(items.map(({ id }) => id))}>{t.desk.selectAll}</Button>
      </div>
    </>
  )
}

function itemOf(c: ListItem): MeetingItem {
  const responsible = c.duties.flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join('、')
  const { id, no, title, state, version } = c
  return { case: id, no, title, responsible, region: c.place.region, state, now: state, version }
}
