import type { Group } from '../../../src/places/base-map/rules/style-json.ts'
import type { Shown } from '../../map/groups.ts'
import { useLanguage } from '../../shell/language.tsx'
import { colourAt, groupOf, kindName, type OperatorLayer } from './operator-layers.ts'
import { type MapTexts, useMapText } from './texts.ts'

type Props = {
  groups: readonly Group[]
  layers: readonly OperatorLayer[]
  shownOf(id: string, on: boolean): Shown
  show(id: string, shown: Shown): void
}

/** Every layer of the map with a switch and how strongly it is drawn. */
export function LayersPanel({ groups, layers, shownOf, show }: Props) {
  const t = useMapText()
  const { language } = useLanguage()
  const row = (id: string, on: boolean) => ({ shown: shownOf(id, on), change: (shown: Shown) => show(id, shown) })
  return (
    <>
      <ul className="map-layer-rows">
        {groups.map((group) => (
          <LayerRow
            key={group.id}
            name={nameOf(group, t)}
            note={group.foreign ? t.foreign : undefined}
            {...row(group.id, group.on)}
          />
        ))}
      </ul>
      <h2>{t.operatorLayers}</h2>
      {layers.length === 0 && <p className="muted small">{t.noOperatorLayers}</p>}
      <ul className="map-layer-rows">
        {layers.map((layer, i) => (
          <LayerRow
            key={layer.id}
            name={layer.name}
            note={kindName(layer.kind, language)}
            colour={colourAt(i)}
            {...row(groupOf(layer), false)}
          />
        ))}
      </ul>
    </>
  )
}

function nameOf(group: Group, t: MapTexts): string {
  return group.name === undefined ? (t.group[group.id] ?? group.id) : t.imagery(group.name)
}

type RowProps = { name: string; note?: string | undefined; colour?: string; shown: Shown; change(shown: Shown): void }

function LayerRow({ name, note, colour, shown, change }: RowProps) {
  const t = useMapText()
  return (
    <li>
      <label className="map-layer-name">
        <input type="checkbox" checked={shown.on} onChange={(e) => change({ ...shown, on: e.target.checked })} />
        {colour && <span className="map-layer-colour" style={{ background: colour }} />}
        <span>{name}</span>
      </label>
      <input
        type="range"
        {...{ min: 10, max: 100, step: 10, value: Math.round(shown.opacity * 100), disabled: !shown.on }}
        aria-label={t.opacity(name)}
        onChange={(e) => change({ ...shown, opacity: Number(e.target.value) / 100 })}
      />
      {note && <span className="muted small map-layer-note">{note}</span>}
    </li>
  )
}
