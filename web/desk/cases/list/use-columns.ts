import { useState } from 'react'
import { COLUMNS, type ColumnCode, type SavedView, USUAL_COLUMNS } from '../../../../src/cases/rules/list-view.ts'
import { useMe } from '../../../shell/session.ts'

/** The columns of the list: a view's own, else those that this person chose last on this device. */
export function useColumns(view: SavedView | undefined): [readonly ColumnCode[], (columns: readonly ColumnCode[]) => void] {
  const { account } = useMe()
  const name = `qinba.columns.${account}`
  const [kept, setKept] = useState(() => read(name))
  // What was changed in a view and is not saved yet, as long as that view stands open.
  const [changed, setChanged] = useState<{ view: string; columns: readonly ColumnCode[] }>()
  if (view) {
    const columns = changed?.view === view.id ? changed.columns : view.columns
    return [columns, (next) => setChanged({ view: view.id, columns: next })]
  }
  const keep = (next: readonly ColumnCode[]) => {
    setKept(next)
    write(name, next)
  }
  return [kept, keep]
}

function read(name: string): readonly ColumnCode[] {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? 'null') as unknown
    if (!Array.isArray(found)) return USUAL_COLUMNS
    return found.filter((code): code is ColumnCode => (COLUMNS as readonly unknown[]).includes(code))
  } catch {
    return USUAL_COLUMNS
  }
}

// A full or forbidden store only costs the choice.
function write(name: string, columns: readonly ColumnCode[]): void {
  try {
    localStorage.setItem(name, JSON.stringify(columns))
  } catch {}
}
