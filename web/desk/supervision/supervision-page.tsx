import '../lists.css'
import './supervision.css'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Label } from '../../../src/people/rules/actor.ts'
import { ITEM_STATES, KINDS } from '../../../src/supervision/rules/codes.ts'
import { ITEM_MOVE_LABELS, ITEM_STATE_LABELS, KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useCan } from '../../shell/session.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ByRuleSheet } from './by-rule-sheet.tsx'
import { ItemTable } from './item-table.tsx'
import { useItems, useItemWork } from './queries.ts'
import { ReviewMany } from './review-many.tsx'

/** 三色督办: what waits for me first, then every item by step and state. */
export function SupervisionPage() {
  const { t } = useLanguage()
  const [drafting, setDrafting] = useState(false)
  useTitle(t.supervision.title, t.product)
  return (
    <>
      <PageHead
        title={t.supervision.title}
        note={t.supervision.note}
        extra={
          <>
            {useCan('supervision.draft') && (
              <Button type="primary" onClick={() => setDrafting(true)}>
                {t.supervision.byRule.button}
              </Button>
            )}
            <Link to="/supervision/scores">{t.supervision.scores}</Link>
            <Link to="/wall">{t.supervision.wall}</Link>
          </>
        }
      />
      <Mine />
      <All />
      {drafting && <ByRuleSheet onClose={() => setDrafting(false)} />}
    </>
  )
}

function Mine() {
  const { t, language } = useLanguage()
  return (
    <section aria-label={t.supervision.mine}>
      <Loaded query={useItemWork()}>
        {({ groups }) =>
          groups.length === 0 ? (
            <p className="hint">{t.supervision.nothing}</p>
          ) : (
            groups.map((group) => (
              <section key={group.move} className="work-group" aria-label={ITEM_MOVE_LABELS[group.move][language]}>
                <h2>
                  {ITEM_MOVE_LABELS[group.move][language]}{' '}
                  <span className="muted number">{t.supervision.count(group.total)}</span>
                </h2>
                {group.move === 'review' ? (
                  <ReviewMany items={group.items} />
                ) : (
                  <ItemTable items={group.items} caption={ITEM_MOVE_LABELS[group.move][language]} />
                )}
              </section>
            ))
          )
        }
      </Loaded>
    </section>
  )
}

function All() {
  const { t } = useLanguage()
  const [search, setSearch] = useSearchParams({ open: 'true' })
  const list = useItems(search.toString())
  const change = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  return (
    <section className="work-group" aria-label={t.supervision.all}>
      <h2>{t.supervision.all}</h2>
      <search className="filters" aria-label={t.list.filters}>
        <Choice
          name="kind"
          codes={KINDS}
          labels={KIND_LABELS}
          value={search.get('kind')}
          change={change}
          title={t.supervision.kind}
        />
        <Choice
          name="state"
          codes={ITEM_STATES}
          labels={ITEM_STATE_LABELS}
          value={search.get('state')}
          change={change}
          title={t.supervision.state}
        />
        <label className="row">
          <input
            type="checkbox"
            checked={search.get('open') === 'true'}
            onChange={(e) => change('open', e.target.checked ? 'true' : undefined)}
          />
          {t.supervision.onlyOpen}
        </label>
      </search>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <MessageBox title={t.supervision.empty} text={t.supervision.emptyText} />
          ) : (
            <>
              <ItemTable items={items} caption={t.supervision.all} />
              <p className="muted small list-foot" role="status">
                {t.supervision.count(items.length)}
                {list.data?.next && '+'}
              </p>
            </>
          )
        }
      </Loaded>
    </section>
  )
}

type ChoiceProps<C extends string> = {
  name: string
  codes: readonly C[]
  labels: Readonly<Record<C, Label>>
  value: string | null
  change(name: string, value: string | undefined): void
  title: string
}

function Choice<C extends string>({ name, codes, labels, value, change, title }: ChoiceProps<C>) {
  const { language } = useLanguage()
  return (
    <Select
      aria-label={title}
      placeholder={title}
      options={codes.map((code) => ({ value: code as string, label: labels[code][language] }))}
      value={value}
      allowClear
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => change(name, chosen ?? undefined)}
      className="filter"
    />
  )
}
