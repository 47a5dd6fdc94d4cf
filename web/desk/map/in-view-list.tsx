import { Button } from 'antd'
import { Link } from 'react-router'
import type { Position } from '../../../src/places/base-map/rules/box.ts'
import { useLanguage, useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import type { ListItem } from '../cases/case-view.ts'
import { nameOf } from '../cases/closed-lists.ts'
import { ColourDot } from '../cases/colour-dot.tsx'
import { Due } from '../cases/due.tsx'
import { PlaceName } from '../cases/place-name.tsx'
import type { useCases } from '../cases/queries.ts'
import { Mark } from './legend.tsx'
import { symbolOf } from './symbols.ts'
import { useMapText } from './texts.ts'
import type { ColourBy } from './use-map-filters.ts'

type Props = {
  list: ReturnType<typeof useCases>
  by: ColourBy
  mark(at: Position | undefined): void
  reset?: (() => void) | undefined
}

/** The cases that the map shows, as rows: the same content without a map. A row that is hovered or holds the focus marks its point. */
export function InViewList({ list, by, mark, reset }: Props) {
  const t = useText()
  return (
    <div aria-busy={list.isFetching} className={list.isPlaceholderData ? 'fading' : undefined}>
      <Loaded query={list}>
        {({ pages }) => <Rows items={pages.flatMap((page) => page.items)} by={by} mark={mark} reset={reset} />}
      </Loaded>
      {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
      {list.hasNextPage && (
        <p className="more">
          <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t.list.more}
          </Button>
        </p>
      )}
    </div>
  )
}

function Rows({ items, by, mark, reset }: { items: ListItem[] } & Pick<Props, 'by' | 'mark' | 'reset'>) {
  const t = useMapText()
  if (items.length === 0) {
    const action = reset && <Button onClick={reset}>{t.wholeCity}</Button>
    return <MessageBox title={t.emptyTitle} text={t.emptyText} action={action} />
  }
  return (
    <ul className="in-view-rows">
      {items.map((item) => (
        <Row key={item.id} item={item} by={by} mark={mark} />
      ))}
    </ul>
  )
}

function Row({ item, by, mark }: { item: ListItem } & Pick<Props, 'by' | 'mark'>) {
  const { language } = useLanguage()
  const { point } = item.place
  const on = () => mark(point && [point.lng, point.lat])
  return (
    <li onMouseEnter={on} onMouseLeave={() => mark(undefined)} onFocus={on} onBlur={() => mark(undefined)}>
      <p className="in-view-head">
        {by === 'state' && <Mark symbol={symbolOf(by, item)} />}
        <Link to={`/cases/${item.id}`}>{item.title}</Link>
      </p>
      <p className="row small">
        <ColourDot colour={item.colour} why={item.why} />
        <span className="mark mark-state">{nameOf('state', item.state, language)}</span>
        <PlaceName place={item.place} region />
        <span className="number muted">{item.no}</span>
        <Due item={item} />
      </p>
    </li>
  )
}
