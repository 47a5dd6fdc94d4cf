import { Button } from 'antd'
import type { ItemMove } from '../../../src/supervision/rules/codes.ts'
import { ITEM_MOVE_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ItemDetail } from './queries.ts'

const LEADING: readonly ItemMove[] = ['review', 'sign', 'send', 'answer', 'accept']

/** What can be done to an item now, and why not the rest. */
export function ItemMoves({ item, open }: { item: ItemDetail; open(move: ItemMove): void }) {
  const { t, language } = useLanguage()
  const allowed = item.moves.filter((m) => m.allowed)
  const others = item.moves.filter((m) => !m.allowed)
  return (
    <Panel title={t.supervision.item.moves}>
      {allowed.length === 0 && <p className="muted">{t.supervision.item.none}</p>}
      <ul className="moves-open">
        {allowed.map(({ move }) => (
          <li key={move} className={LEADING.includes(move) ? 'leading' : undefined}>
            <Button block type={LEADING.includes(move) ? 'primary' : 'default'} onClick={() => open(move)} data-move={move}>
              {ITEM_MOVE_LABELS[move][language]}
            </Button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details className="moves-refused">
          <summary>{t.supervision.item.others(others.length)}</summary>
          <ul>
            {others.map(({ move, why }) => (
              <li key={move} data-move={move}>
                <button type="button" disabled className="refused-name">
                  {ITEM_MOVE_LABELS[move][language]}
                </button>
                <p className="muted small">{why?.text}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}
