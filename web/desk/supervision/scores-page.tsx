import '../lists.css'
import './supervision.css'
import { Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { COLOURS, type Colour } from '../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useMe } from '../../shell/session.ts'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ColourDot } from '../cases/colour-dot.tsx'
import { type ScoreCase, type ScoreRow, type Scores, useScores } from './queries.ts'
import { Trend } from './trend.tsx'

/** 月度得分: counties and units by what their frozen colours cost them; every number opens its cases. */
export function ScoresPage() {
  const { t } = useLanguage()
  const [search] = useSearchParams()
  useTitle(t.supervision.score.title, t.product)
  return (
    <>
      <p className="crumb">
        <Link to="/supervision">← {t.supervision.back}</Link>
      </p>
      <Loaded query={useScores(search.get('month') ?? undefined)}>{(scores) => <Shown scores={scores} />}</Loaded>
    </>
  )
}

type Opened = { month: string; name: string; colour: Colour; query: string }

function Shown({ scores }: { scores: Scores }) {
  const { t } = useLanguage()
  const [opened, open] = useState<Opened>()
  const { month, rule } = scores
  const { full, yellow, red, floor } = rule.value
  return (
    <>
      <PageHead title={t.supervision.score.title} note={t.supervision.score.note} extra={month && <Tools scores={scores} />} />
      <p className="hint">
        {t.supervision.score.rule(full, yellow, red, floor)} <span className="muted small">{rule.version}</span>{' '}
        {rule.unverified && <span className="mark mark-sample">{t.supervision.item.unverified}</span>}{' '}
        <span className="muted small">{rule.source}</span>
      </p>
      {month ? (
        <>
          <Panel title={t.supervision.score.regions}>
            <ScoreTable rows={scores.regions} month={month} by="region" open={open} />
          </Panel>
          <Panel title={t.supervision.score.orgs}>
            <ScoreTable rows={scores.orgs} month={month} by="org" open={open} />
          </Panel>
        </>
      ) : (
        <MessageBox title={t.supervision.score.none} text={t.supervision.score.noneText} />
      )}
      {opened && <CasesSheet of={opened} onClose={() => open(undefined)} />}
    </>
  )
}

function Tools({ scores }: { scores: Scores }) {
  const { t } = useLanguage()
  const [, setSearch] = useSearchParams()
  const file = (format: string) => `/api/supervision/scores/file?month=${scores.month}&format=${format}`
  return (
    <>
      <Select
        aria-label={t.supervision.score.month}
        value={scores.month}
        options={scores.months.toReversed().map((month) => ({ value: month, label: month }))}
        onChange={(month: string) => setSearch({ month })}
      />
      <a href={file('xlsx')}>{t.supervision.score.xlsx}</a>
      <a href={file('csv')}>{t.supervision.score.csv}</a>
    </>
  )
}

type TableProps = { rows: readonly ScoreRow[]; month: string; by: 'region' | 'org'; open(opened: Opened): void }

function ScoreTable({ rows, month, by, open }: TableProps) {
  const { t, language } = useLanguage()
  const me = useMe()
  const nameOf = (row: ScoreRow) => (row.key === String(me.tenant) ? t.board.cityLevel : (row.name ?? row.key ?? ''))
  const number = (colour: Colour): Column<ScoreRow> => ({
    key: colour,
    title: COLOUR_LABELS[colour][language],
    width: '110px',
    render: (row) => {
      const n = row.counts[colour]
      const points = row.points[colour]
      if (n === 0 || row.key === null) return <span className="number muted">{n}</span>
      const opened = { month, name: nameOf(row), colour, query: `month=${month}&${by}=${row.key}&colour=${colour}` }
      return (
        <button
          type="button"
          className="figure-button number"
          aria-label={t.supervision.score.opens(nameOf(row), COLOUR_LABELS[colour][language], n)}
          onClick={() => open(opened)}
        >
          {n}
          {points !== 0 && <span className="muted small"> ({points})</span>}
        </button>
      )
    },
  })
  const columns: Column<ScoreRow>[] = [
    { key: 'name', title: t.supervision.score[by === 'region' ? 'regions' : 'orgs'], phone: 'head', render: nameOf },
    {
      key: 'score',
      title: t.supervision.score.score,
      width: '90px',
      render: (row) => <strong className="number score">{row.score}</strong>,
    },
    { key: 'change', title: t.supervision.score.change, width: '90px', render: (row) => <Change by={row.change} /> },
    ...COLOURS.toReversed().map(number),
    {
      key: 'manual',
      title: t.supervision.item.manual,
      width: '80px',
      render: (row) => (row.manual > 0 ? t.supervision.score.manual(row.manual) : ''),
    },
    {
      key: 'trend',
      title: t.supervision.score.trend,
      width: '190px',
      phone: 'wide',
      render: (row) => <Trend months={row.trend} />,
    },
  ]
  return (
    <DataTable
      caption={t.supervision.score[by === 'region' ? 'regions' : 'orgs']}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key ?? ''}
    />
  )
}

/** Up or down since the month before, in words and not only in colour. */
export function Change({ by }: { by: number | null }) {
  if (by === null) return <span className="muted">—</span>
  return (
    <span className={`number ${by < 0 ? 'is-down' : by > 0 ? 'is-up' : 'muted'}`}>
      {by > 0 ? `▲ +${by}` : by < 0 ? `▼ ${by}` : '0'}
    </span>
  )
}

function CasesSheet({ of, onClose }: { of: Opened; onClose(): void }) {
  const { t, language } = useLanguage()
  const cases = useGet<{ items: ScoreCase[]; hidden: number }>(`/api/supervision/scores/cases?${of.query}`)
  const columns: Column<ScoreCase>[] = [
    {
      key: 'colour',
      title: t.supervision.item.fellow,
      width: '110px',
      render: (c) => <ColourDot colour={c.colour} why={c.why} />,
    },
    { key: 'no', title: t.list.no, width: '136px', render: (c) => <span className="number nowrap">{c.no}</span> },
    { key: 'title', title: t.list.problem, phone: 'head', render: (c) => <Link to={`/cases/${c.id}`}>{c.title}</Link> },
    {
      key: 'why',
      title: t.supervision.score.why,
      render: (c) => c.why.map((w) => t.colourWhy[w.rule]?.(w.inputs) ?? w.rule).join('；'),
    },
    {
      key: 'points',
      title: t.supervision.score.points,
      width: '70px',
      render: (c) => <span className="number">{c.points}</span>,
    },
  ]
  const title = t.supervision.score.casesOf(of.name, COLOUR_LABELS[of.colour][language], of.month)
  return (
    <Sheet title={title} open onClose={onClose} wide>
      <Loaded query={cases}>
        {({ items, hidden }) => (
          <>
            <DataTable caption={title} columns={columns} rows={items} rowKey={(c) => c.id} />
            {hidden > 0 && <p className="muted">{t.supervision.score.hidden(hidden)}</p>}
          </>
        )}
      </Loaded>
    </Sheet>
  )
}
