import type { HTMLAttributes, ReactNode } from 'react'

export type Column<T> = {
  key: string
  title: string
  /** What stands in the head of the column instead of its title. */
  head?: ReactNode
  render(row: T): ReactNode
  /** CSS width on a wide screen. */
  width?: string
  /** `head` leads the card on a phone, `wide` is left out there. */
  phone?: 'head' | 'wide' | 'corner'
}

/** A dense table that turns into one card per row on a phone; column titles become the labels of the card. */
export function DataTable<T>({ caption, columns, rows, rowKey, rowProps }: Props<T>) {
  return (
    <table className="data-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" style={{ width: column.width }}>
              {column.head ?? column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={rowKey(row)} {...rowProps?.(row, at)}>
            {columns.map((column) => (
              <td key={column.key} data-label={column.title} className={column.phone ? `phone-${column.phone}` : undefined}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Props<T> = {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey(row: T): string
  rowProps?(row: T, at: number): HTMLAttributes<HTMLTableRowElement>
}
