import { Link } from 'react-router'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useRegions } from '../directory.ts'
import { type RelatedItem, useRelated } from './beside-queries.ts'
import { nameOf } from './closed-lists.ts'

/** 相关问题: each with why it belongs here. */
export function RelatedPanel({ id }: { id: string }) {
  const { t } = useLanguage()
  const words = t.casePage.related
  return (
    <Panel title={t.casePage.sections.related} id="related">
      <Loaded query={useRelated(id)}>
        {({ items, more }) => (
          <>
            {items.length === 0 && <p className="muted">{words.none}</p>}
            <ul className="related">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ul>
            {more.length > 0 && (
              <p className="small muted">{words.moreOf(more.map((kind) => words.kinds[kind]).join(t.common.listSeparator))}</p>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Item({ item }: { item: RelatedItem }) {
  const { language, t } = useLanguage()
  const region = useRegions().find((area) => area.code === item.region)?.name ?? item.region
  return (
    <li className={`signal-line signal-line-${item.colour}`}>
      <p>
        <Link to={`/cases/${item.id}`}>{item.title}</Link> {item.sample && <span className="mark mark-sample">{t.sample}</span>}
      </p>
      <p className="small">
        {item.why.map((why) => (
          <span key={why.why} className="mark">
            {t.casePage.related.why[why.why](why)}
          </span>
        ))}
      </p>
      <p className="small muted">
        <span className="number">{item.no}</span> · {nameOf('state', item.state, language)} ·{' '}
        {nameOf('colour', item.colour, language)} · {region} · <span className="number">{item.reportedOn}</span>
      </p>
    </li>
  )
}
