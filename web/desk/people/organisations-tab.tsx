import { Button, Input, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useMe } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { type Organisation, useRegions } from '../directory.ts'
import { OrganisationSheet } from './organisation-sheet.tsx'
import type { Asked } from './organisation-view.ts'

/** 单位: new, renamed, closed or merged; closed ones stay to be looked at. */
export function OrganisationsTab() {
  const t = useText()
  const [closed, setClosed] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const organisations = useGet<{ items: Organisation[] }>(`/api/organisations${closed ? '?closed=yes' : ''}`)
  return (
    <>
      <p className="hint">{t.admin.help.organisations}</p>
      <Loaded query={organisations}>
        {({ items }) => (
          <Organisations organisations={items} ask={setAsked} switchClosed={<ClosedSwitch closed={closed} set={setClosed} />} />
        )}
      </Loaded>
      {asked && (
        <OrganisationSheet
          asked={asked}
          others={organisations.data?.items ?? []}
          onClose={() => {
            setAsked(undefined)
            void organisations.refetch()
          }}
        />
      )}
    </>
  )
}

function ClosedSwitch({ closed, set }: { closed: boolean; set(closed: boolean): void }) {
  const t = useText()
  return (
    <span className="row">
      <Switch size="small" checked={closed} onChange={set} aria-label={t.admin.organisation.showClosed} />
      {t.admin.organisation.showClosed}
    </span>
  )
}

function Organisations({
  organisations,
  ask,
  switchClosed,
}: {
  organisations: Organisation[]
  ask(asked: Asked): void
  switchClosed: ReactNode
}) {
  const t = useText()
  const [words, setWords] = useState('')
  const rows = organisations.filter((o) => o.name.includes(words.trim()))
  return (
    <>
      <search className="filters">
        <Input
          aria-label={t.admin.organisation.search}
          placeholder={t.admin.organisation.search}
          value={words}
          allowClear
          onChange={(e) => setWords(e.target.value)}
          className="filter-words"
        />
        {switchClosed}
        <span className="muted" role="status">
          {t.admin.organisation.count(rows.length)}
        </span>
        <Button type="primary" onClick={() => ask({ act: 'add' })}>
          {t.admin.organisation.add}
        </Button>
      </search>
      {rows.length === 0 ? (
        <MessageBox title={t.admin.organisation.empty} />
      ) : (
        <OrganisationTable rows={rows} all={organisations} ask={ask} />
      )}
    </>
  )
}

function OrganisationTable({ rows, all, ask }: { rows: Organisation[]; all: Organisation[]; ask(asked: Asked): void }) {
  const t = useText()
  const me = useMe()
  const areas = [...useRegions(), { code: String(me.tenant), name: me.cityName }]
  const columns: Column<Organisation>[] = [
    { key: 'name', title: t.admin.organisation.name, phone: 'head', render: (o) => o.name },
    { key: 'kind', title: t.admin.organisation.kind, render: (o) => t.admin.organisation.kinds[o.kind] ?? o.kind },
    { key: 'area', title: t.people.area, render: (o) => areas.find((area) => area.code === o.area)?.name ?? o.area },
    {
      key: 'act',
      title: t.admin.account.manage,
      width: '210px',
      render: (o) =>
        o.closedOn ? (
          <span className="muted">
            {t.admin.organisation.closed(o.closedOn)}{' '}
            {o.mergedInto && t.admin.organisation.merged(all.find((each) => each.id === o.mergedInto)?.name ?? '')}
          </span>
        ) : (
          <span className="row">
            <Button
              size="small"
              aria-label={`${t.admin.organisation.rename} ${o.name}`}
              onClick={() => ask({ act: 'rename', organisation: o })}
            >
              {t.admin.organisation.rename}
            </Button>
            <Button
              size="small"
              aria-label={`${t.admin.organisation.close} ${o.name}`}
              onClick={() => ask({ act: 'close', organisation: o })}
            >
              {t.admin.organisation.close}
            </Button>
          </span>
        ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.admin.tabs.organisations} columns={columns} rows={rows} rowKey={(o) => o.id} />
    </div>
  )
}
