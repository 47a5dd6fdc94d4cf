import type { Catalogue } from '../../shell/catalogue/zh.ts'
import { type Language, useLanguage } from '../../shell/language.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { type Base, changedFacts, changedFields, type Difference, saysSame } from './base-of-form.ts'
import type { Detail, Happening } from './case-view.ts'
import { type ClosedList, nameOf } from './closed-lists.ts'
import { formatMoment } from './format.ts'
import type { Field } from './move-forms.ts'
import { tell } from './tell.ts'
import { useHappenedSince } from './use-watch.ts'

type Values = Record<string, unknown>
type Props = { c: Detail; base: Base; now: Base; fields: readonly Field[]; values: Values }

/** What others did since a form was begun: who, what, and old beside new of what the form and the case say. */
export function ChangedSince({ c, base, now, fields, values }: Props) {
  const { language, t } = useLanguage()
  const words = t.casePage.changed
  const labels = labelsOf(t, fields)
  const touched = changedFields(base, now)
  const rows = [
    ...touched.map((row) => ({ ...row, mine: saysSame(values[row.name], row.was) ? undefined : values[row.name], field: true })),
    ...changedFacts(base, now)
      .filter(({ name }) => !touched.some((field) => field.name === name))
      .map((row) => ({ ...row, mine: undefined, field: false })),
  ]
  const text = (row: Difference, value: unknown) => plain(row.name, value, { language, words })
  return (
    <div className="changed-since">
      <Happened events={useHappenedSince(c, base.version)} />
      {touched.length === 0 && <p className="small">{words.same}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={words.compare}
          rows={rows}
          rowKey={(row) => `${row.field} ${row.name}`}
          columns={[
            { key: 'field', title: words.field, phone: 'head', width: '120px', render: (row) => labels[row.name] ?? row.name },
            { key: 'was', title: words.was, render: (row) => <del>{text(row, row.was)}</del> },
            { key: 'now', title: words.now, render: (row) => <ins>{text(row, row.now)}</ins> },
            ...(rows.some((row) => row.mine !== undefined)
              ? [
                  {
                    key: 'mine',
                    title: words.mine,
                    render: (row: (typeof rows)[number]) => row.mine !== undefined && text(row, row.mine),
                  },
                ]
              : []),
          ]}
        />
      )}
    </div>
  )
}

/** Who did what, a line each. */
export function Happened({ events }: { events: readonly Happening[] }) {
  const { language, t } = useLanguage()
  return (
    <ul className="happened">
      {events.map((event) => (
        <li key={event.version}>
          <span className="number small">{formatMoment(event.at)}</span> <strong>{event.by.name}</strong>
          <span className="muted"> {event.by.title !== event.by.name && event.by.title}</span>
          {t.colon}
          {tell(event, { t, language })}
        </li>
      ))}
    </ul>
  )
}

function labelsOf(t: Catalogue, fields: readonly Field[]): Record<string, string> {
  const own = Object.fromEntries(fields.map((field) => [field.name, t.fields[field.label]]))
  return {
    ...t.fields,
    ...{ state: t.list.state, due: t.list.due, place: t.list.place, plan: t.case.taskList, claims: t.case.claims },
    ...{
      evidence: t.casePage.changed.evidence,
      pending: t.moves.proposed,
      suspension: t.clock.pauses,
      extensions: t.clock.extensions,
    },
    ...own,
  }
}

const LISTS: Record<string, ClosedList> = {
  ...{ state: 'state', category: 'category', severity: 'severity', thing: 'thing', qinling: 'qinling', pollution: 'pollution' },
  ...{ as: 'duty', finding: 'finding' },
}
const UNSAID = ['id', 'org', 'implementer', 'acceptanceUnit', 'by', 'at', 'region', 'town', 'village', 'kind', 'post', 'account']

type Said = { language: Language; words: Catalogue['casePage']['changed'] }

// A value in words: codes by their names, ids and authors left out, what is deeper in it joined.
function plain(name: string, value: unknown, said: Said): string {
  return leaves(name, value, said.language).slice(0, 24).join(' ') || said.words.blank
}

function leaves(name: string, value: unknown, language: Language): string[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap((each) => leaves(name, each, language))
  if (typeof value !== 'object') return [LISTS[name] ? nameOf(LISTS[name], String(value), language) : String(value)]
  return Object.entries(value).flatMap(([key, part]) => (UNSAID.includes(key) ? [] : leaves(key, part, language)))
}
