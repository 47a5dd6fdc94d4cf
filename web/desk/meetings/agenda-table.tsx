import { Button, Input, Select } from 'antd'
import { Link } from 'react-router'
import { DECISION_NAMES, DECISIONS, type Decision, type MeetingItem } from '../../../src/cases/meetings/rules/meeting.ts'
import { useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { nameOf } from '../cases/closed-lists.ts'

type Props = { items: readonly MeetingItem[]; edit: ((items: MeetingItem[]) => void) | undefined }

/** The agenda with what was decided of each case. */
export function AgendaTable({ items, edit }: Props) {
  const { t, language } = useLanguage()
  if (items.length === 0) return <p className="muted">{t.meetings.agendaEmpty}</p>
  const change = (id: string, part: { decision?: Decision; words?: string }) =>
    edit?.(items.map((item) => (item.case === id ? { ...item, ...part } : item)))
  const columns: Column<MeetingItem>[] = [
    {
      key: 'problem',
      title: t.meetings.problem,
      phone: 'head',
      render: (item) => (
        <>
          <span className="nowrap number">{item.no}</span> <Link to={`/cases/${item.case}`}>{item.title}</Link>
        </>
      ),
    },
    { key: 'unit', title: t.meetings.responsible, width: '150px', render: (item) => item.responsible },
    { key: 'was', title: t.meetings.was, width: '110px', phone: 'wide', render: (item) => nameOf('state', item.state, language) },
    { key: 'now', title: t.meetings.now, width: '110px', render: (item) => nameOf('state', item.now, language) },
    {
      key: 'decision',
      title: t.meetings.decision,
      width: '130px',
      render: (item) =>
        edit ? (
          <Select
            aria-label={t.meetings.decisionOf(item.no)}
            value={item.decision ?? null}
            placeholder={t.meetings.undecided}
            options={DECISIONS.map((code) => ({ value: code, label: DECISION_NAMES[code][language] }))}
            onChange={(decision: Decision | null) => decision && change(item.case, { decision })}
            className="meeting-decision"
          />
        ) : (
          <span>{item.decision ? DECISION_NAMES[item.decision][language] : t.meetings.undecided}</span>
        ),
    },
    {
      key: 'words',
      title: t.meetings.words,
      width: '24%',
      render: (item) =>
        edit ? (
          <Input
            aria-label={t.meetings.wordsOf(item.no)}
            value={item.words ?? ''}
            maxLength={2000}
            onChange={(e) => change(item.case, { words: e.target.value })}
          />
        ) : (
          item.words
        ),
    },
    ...(edit
      ? [
          {
            key: 'take',
            title: t.meetings.take,
            width: '84px',
            render: (item: MeetingItem) => (
              <Button size="small" onClick={() => edit(items.filter((each) => each !== item))}>
                {t.meetings.take}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.meetings.agenda} columns={columns} rows={items} rowKey={(item) => item.case} />
    </div>
  )
}
