import './board.css'
import './board-views.css'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AsOfForm, useRegionName } from './as-of-form.tsx'
import { Meaning } from './board-head.tsx'
import { BoardTable } from './board-table.tsx'
import { MonthPanel } from './month-panel.tsx'
import type { Order } from './order.ts'
import { type Board, DIMENSIONS, type Dimension, useBoard } from './queries.ts'
import { useWall } from './use-wall.ts'

/** 作战图: which county is behind, at a glance; every number opens its cases. What is shown stands in the address. */
export function BoardPage() {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const by = DIMENSIONS.find((d) => d === search.get('by')) ?? 'region'
  const region = search.get('region') ?? undefined
  const wall = useWall(search.has('wall'))
  const board = useBoard({ by, region, live: wall.on })
  const name = useRegionName(region)
  const title = region ? t.board.titleIn(name) : t.board.title
  useTitle(title, t.product)
  const choose = (chosen: Dimension) => setSearch({ by: chosen, ...(region && { region }), ...(wall.on && { wall: '1' }) })
  return (
    <div className="board" data-by={by}>
      <PageHead
        title={title}
        note={board.data && t.board.note(board.data.today, board.data.colouredOn)}
        extra={
          <div className="board-tools">
            {region && <Link to="/board">{t.board.whole}</Link>}
            <Segmented
              aria-label={t.board.byLabel}
              options={DIMENSIONS.filter((d) => d !== 'region' || !region).map((d) => ({ value: d, label: t.board.by[d] }))}
              value={by}
              onChange={choose}
            />
            <Button onClick={() => window.print()}>{t.board.print}</Button>
            <Button onClick={wall.toggle} aria-pressed={wall.on}>
              {wall.on ? t.board.leaveWall : t.board.wall}
            </Button>
          </div>
        }
      />
      <div aria-busy={board.isFetching && board.isPlaceholderData} className={board.isPlaceholderData ? 'fading' : undefined}>
        <Loaded query={board}>{(data) => <Shown board={data} region={region} wall={wall.on} />}</Loaded>
      </div>
    </div>
  )
}

function Shown({ board, region, wall }: { board: Board; region: string | undefined; wall: boolean }) {
  const t = useText()
  const [order, sort] = useState<Order>('overdue')
  if (board.rows.length === 0) return <MessageBox title={t.board.empty} text={t.board.emptyText} />
  return (
    <>
      <BoardTable board={board} order={order} sort={sort} region={region} />
      {(board.by === 'region' || region) && !wall && <MonthPanel board={board} order={order} region={region} />}
      {!wall && <AsOfForm today={board.today} region={region} />}
      {!wall && <Meanings board={board} />}
    </>
  )
}

// For a phone and for paper, where nothing hovers.
function Meanings({ board }: { board: Board }) {
  const t = useText()
  return (
    <details className="panel board-meanings">
      <summary>{t.board.words}</summary>
      <dl className="panel-body">
        {board.numbers.map((words) => (
          <div key={words.code}>
            <dt>{words.label}</dt>
            <dd>
              <Meaning words={words} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
