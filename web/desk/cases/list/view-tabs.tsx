import { Button, Dropdown, Input, Modal, message } from 'antd'
import { useState } from 'react'
import type { ColumnCode, SavedView } from '../../../../src/cases/rules/list-view.ts'
import { useText } from '../../../shell/language.tsx'
import { ProblemAlert } from '../../../shell/problem-alert.tsx'
import { useSend } from '../../../shell/use-api.ts'
import { offerUndo } from '../undo-note.tsx'
import { addressOf, type ListAddress } from './use-list-address.ts'

type Words = Omit<SavedView, 'id' | 'version' | 'mine' | 'author'>
type Props = { views: readonly SavedView[]; address: ListAddress; columns: readonly ColumnCode[] }

/** 视图: named filters, order and columns, one's own and those the own organisation shares, as tabs above the list. */
export function ViewTabs({ views, address, columns }: Props) {
  const t = useText()
  const open = views.find(({ id }) => id === address.view)
  const [naming, setNaming] = useState<Naming>()
  const edit = useViewEdits(address)
  const now = { filters: address.filters, sort: address.sort, columns: [...columns] }
  const changed = open?.mine && !isSame(open, now)
  return (
    <nav className="view-tabs" aria-label={t.desk.views}>
      <Tab label={t.desk.all} active={!open} choose={() => address.open(undefined)} />
      {views.map((view) => (
        <span key={view.id} className="view-tab">
          <Tab
            label={view.first ? `★ ${view.name}` : view.name}
            title={view.mine ? undefined : t.desk.sharedBy(view.author)}
            active={view === open}
            choose={() => address.open(view)}
          />
          {view.mine && view === open && (
            <Dropdown menu={{ items: menuOf(t), onClick: ({ key }) => act(key, view) }} trigger={['click']}>
              <Button size="small" type="text" aria-label={t.desk.viewMenu(view.name)}>
                ⋯
              </Button>
            </Dropdown>
          )}
        </span>
      ))}
      {changed && (
        <Button size="small" type="primary" onClick={() => edit.put(open, { ...wordsOf(open), ...now })}>
          {t.desk.saveChanges}
        </Button>
      )}
      <Button size="small" onClick={() => setNaming({ name: '' })}>
        {t.desk.saveAs}
      </Button>
      {naming && (
        <NameView
          naming={naming}
          done={() => setNaming(undefined)}
          save={(name) => {
            setNaming(undefined)
            if (naming.view) edit.put(naming.view, { ...wordsOf(naming.view), name })
            else edit.add({ ...now, name, shared: false, first: false })
          }}
        />
      )}
      {edit.error && <ProblemAlert error={edit.error} />}
    </nav>
  )

  function menuOf(words: typeof t) {
    if (!open) return []
    const { rename, share, unshare, makeFirst, dropFirst, remove } = words.desk
    return [
      { key: 'rename', label: rename },
      { key: 'first', label: open.first ? dropFirst : makeFirst },
      { key: 'share', label: open.shared ? unshare : share },
      { key: 'remove', label: remove, danger: true },
    ]
  }

  function act(key: string, view: SavedView) {
    if (key === 'rename') setNaming({ name: view.name, view })
    if (key === 'first') edit.put(view, { ...wordsOf(view), first: !view.first })
    if (key === 'share') edit.put(view, { ...wordsOf(view), shared: !view.shared })
    if (key === 'remove') edit.remove(view)
  }
}

type Naming = { name: string; view?: SavedView }

function Tab({ label, title, active, choose }: { label: string; title?: string | undefined; active: boolean; choose(): void }) {
  return (
    <button type="button" className="view-name" aria-current={active ? 'true' : undefined} title={title} onClick={choose}>
      {label}
    </button>
  )
}

function NameView({ naming, done, save }: { naming: Naming; done(): void; save(name: string): void }) {
  const t = useText()
  const [name, setName] = useState(naming.name)
  const submit = () => name.trim() && save(name.trim())
  return (
    <Modal
      open
      title={naming.view ? t.desk.rename : t.desk.saveAs}
      okText={t.common.submit}
      cancelText={t.common.close}
      okButtonProps={{ disabled: name.trim() === '' }}
      onOk={submit}
      onCancel={done}
    >
      <Input
        autoFocus
        aria-label={t.desk.viewName}
        placeholder={t.desk.viewName}
        maxLength={60}
        value={name}
        onChange={(e) => setName(e.target.value)}
        onPressEnter={submit}
      />
    </Modal>
  )
}

// What is deleted can be brought back by a word: the same view is written anew.
function useViewEdits(address: ListAddress) {
  const t = useText()
  const saved = useSend<SavedView>({
    onDone: (view) => {
      message.success(t.desk.viewSaved(view.name))
      if (view.id !== address.view) address.open(view)
    },
  })
  const removed = useSend<SavedView>({
    onDone: (view) => {
      address.open(undefined)
      offerUndo({ done: t.desk.viewRemoved(view.name), undo: t.desk.undo, take: () => add(wordsOf(view)) })
    },
  })
  const add = (words: Words) => saved.mutate({ path: '/api/views', body: words })
  return {
    add,
    put: (view: SavedView, words: Words) =>
      saved.mutate({ method: 'PUT', path: `/api/views/${view.id}`, body: words, version: view.version }),
    remove: (view: SavedView) => removed.mutate({ method: 'DELETE', path: `/api/views/${view.id}`, version: view.version }),
    error: saved.error ?? removed.error,
  }
}

function wordsOf({ name, filters, sort, columns, shared, first }: SavedView): Words {
  return { name, filters, sort, columns, shared, first }
}

function isSame(view: SavedView, now: Pick<SavedView, 'filters' | 'sort' | 'columns'>): boolean {
  const said = (v: Pick<SavedView, 'filters' | 'sort'>) => String(addressOf({ ...view, ...v, filters: sorted(v.filters) }))
  return said(view) === said(now) && view.columns.join() === now.columns.join()
}

const sorted = (filters: SavedView['filters']) => Object.fromEntries(Object.entries(filters).sort()) as SavedView['filters']
