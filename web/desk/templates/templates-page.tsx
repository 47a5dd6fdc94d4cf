import '../lists.css'
import './templates.css'
import { Link, useParams } from 'react-router'
import { isTemplateKind, TEMPLATE_LABELS } from '../../../src/admin/templates/rules/kinds.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { formatMoment } from '../cases/format.ts'
import { ConfirmedMark } from './confirmed-mark.tsx'
import { TemplatePage } from './template-page.tsx'
import type { TemplateItem } from './template-view.ts'

/** 文书模板: every kind with who worded it last and whether it is confirmed; one of them opened. */
export function TemplatesPage() {
  const { kind } = useParams()
  return isTemplateKind(kind) ? <TemplatePage key={kind} kind={kind} /> : <TemplateList />
}

function TemplateList() {
  const t = useText()
  const list = useGet<{ items: TemplateItem[] }>('/api/templates')
  useTitle(t.templates.title, t.product)
  return (
    <>
      <PageHead title={t.templates.title} note={t.templates.note} />
      <Panel title={t.templates.list}>
        <Loaded query={list}>{({ items }) => <Kinds items={items} />}</Loaded>
      </Panel>
    </>
  )
}

function Kinds({ items }: { items: TemplateItem[] }) {
  const { t, language } = useLanguage()
  const columns: Column<TemplateItem>[] = [
    {
      key: 'name',
      title: t.templates.name,
      phone: 'head',
      render: ({ kind }) => <Link to={`/templates/${kind}`}>{TEMPLATE_LABELS[kind][language]}</Link>,
    },
    {
      key: 'version',
      title: t.templates.version,
      width: '140px',
      render: ({ version }) => (version === 0 ? t.templates.byDefault : version),
    },
    { key: 'state', title: t.templates.state, width: '200px', render: (item) => <ConfirmedMark confirmed={item.confirmed} /> },
    {
      key: 'changed',
      title: t.templates.changedBy,
      render: ({ by, at: when }) => (by && when ? `${by} ${formatMoment(when)}` : '—'),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.templates.list} columns={columns} rows={items} rowKey={({ kind }) => kind} />
    </div>
  )
}
