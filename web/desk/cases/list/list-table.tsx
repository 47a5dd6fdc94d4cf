import { Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { ColumnCode } from '../../../../src/cases/rules/list-view.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import type { ListItem } from '../case-view.ts'
import { Marks } from '../marks.tsx'
import { columnOf } from './columns.tsx'
import type { Selection } from './use-selection.ts'

type Props = {
  items: readonly ListItem[]
  caption: string
  columns: readonly ColumnCode[]
  /** Absent where this person acts on nothing. */
  selection?: Selection | undefined
  /** The row that keys act on; the focus goes there. */
  active: number | undefined
}

/** Cases as rows that can be chosen, with the columns somebody wants. */
export function ListTable({ items, caption, columns, selection, active }: Props) {
  const texts = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active === undefined) return
    box.current?.querySelectorAll<HTMLElement>('tr[data-row]')[active]?.focus()
  }, [active])
  const shown: Column<ListItem>[] = [
    ...(selection ? [chooser(texts.t, selection, items)] : []),
    ...columns.filter((code) => code === 'colour').map((code) => columnOf(code, texts)),
    ...about(texts.t),
    ...columns.filter((code) => code !== 'colour').map((code) => columnOf(code, texts)),
  ]
  return (
    <div className="table-wrap list-table" ref={box}>
      <DataTable
        caption={caption}
        columns={shown}
        rows={items}
        rowKey={(item) => item.id}
        rowProps={(item, at) => ({
          tabIndex: at === active ? 0 : -1,
          'data-row': item.id,
          className: selection?.has(item.id) ? 'row-chosen' : undefined,
        })}
      />
    </div>
  )
}

type Texts = ReturnType<typeof useLanguage>['t']

function chooser(t: Texts, selection: Selection, items: readonly ListItem[]): Column<ListItem> {
  const n = selection.items.length
  return {
    key: 'choose',
    title: t.desk.selectAll,
    width: '36px',
    phone: 'corner',
    head: (
      <Checkbox
        aria-label={t.desk.selectAll}
        checked={n > 0 && n === items.length}
        indeterminate={n > 0 && n < items.length}
        onChange={(e) => (e.target.checked ? selection.all() : selection.none())}
      />
    ),
    render: (item) => (
      <Checkbox
        aria-label={t.desk.selectOne(item.no)}
        checked={selection.has(item.id)}
        onChange={(e) => selection.toggle(item.id, { range: (e.nativeEvent as MouseEvent).shiftKey })}
      />
    ),
  }
}

function about(t: Texts): Column<ListItem>[] {
  return [
    {
      key: 'no',
      title: t.list.no,
      width: '136px',
      phone: 'wide',
      render: (item) => <span className="nowrap number">{item.no}</span>,
    },
    {
      key: 'problem',
      title: t.list.problem,
      phone: 'head',
      render: (item) => (
        <>
          <span className="list-title">
            <Link to={`/cases/${item.id}`}>{item.title}</Link>
          </span>{' '}
          <Marks c={item} state={false} />
        </>
      ),
    },
  ]
}
