import { QINLING_LABELS } from '../../../src/cases/rules/labels.ts'
import { LAYER_KIND_LABELS } from '../../../src/places/rules/layer-kinds.ts'
import type { ZoneStep } from '../../../src/places/rules/qinling-zones.ts'
import { useLanguage } from '../../shell/language.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { areaText, type Found, type HitRow, percent } from './layer-view.ts'

/** What is known of a place: its zone with each step of the reasoning, height, ridges, and the layers that it lies in. */
export function PlaceFound({ found }: { found: Found }) {
  const { t } = useLanguage()
  return (
    <div className="stack" aria-live="polite">
      <ZoneHead found={found} />
      <Facts facts={useFacts(found)} />
      <section>
        <h3>{t.layers.lookup.hits}</h3>
        {found.hits.length === 0 ? <p className="muted">{t.layers.lookup.noHits}</p> : <Hits hits={found.hits} />}
      </section>
      <details>
        <summary>{t.layers.lookup.why}</summary>
        <Why steps={found.zone.why} />
      </details>
    </div>
  )
}

function ZoneHead({ found: { zone } }: { found: Found }) {
  const { t, language } = useLanguage()
  const name = (code: typeof zone.zone) => (code === 'unknown' ? t.layers.lookup.unknown : QINLING_LABELS[code][language])
  const kinds = zone.missing.map((kind) => LAYER_KIND_LABELS[kind][language]).join(t.common.listSeparator)
  return (
    <div>
      <p className="zone-head">
        {t.layers.lookup.zone}
        {t.colon}
        <strong>{name(zone.zone)}</strong>
        {zone.zone === 'unknown' && zone.atLeast !== 'unknown' && (
          <span className="mark">{t.layers.lookup.atLeast(name(zone.atLeast))}</span>
        )}
        {zone.mayBeStricter && zone.zone !== 'unknown' && <span className="mark mark-warn">{t.layers.lookup.mayBeStricter}</span>}
      </p>
      {zone.assumed.length > 0 && <p className="muted">{t.layers.lookup.assumed}</p>}
      {kinds !== '' && <p className="muted">{t.layers.lookup.missing(kinds)}</p>}
    </div>
  )
}

function useFacts({ zone, areaM2, elevation, distances }: Found): Fact[] {
  const { t, language } = useLanguage()
  const names = { ...QINLING_LABELS, urban: { zh: t.layers.lookup.urban, en: t.layers.lookup.urban } }
  const shares = Object.entries(zone.shares ?? {}).filter(([, share]) => share > 0)
  // What is left over is general only where nothing that is missing could make it stricter.
  const open = (code: string) =>
    zone.missing.length > 0 && (code === 'general' || code === 'key') ? t.layers.lookup.notProven : ''
  const metres = (n: number) => `${n.toFixed(1)} m`
  return [
    ...(shares.length > 0
      ? [
          {
            label: t.layers.lookup.shares,
            value: shares
              .map(([code, share]) => `${names[code as keyof typeof names][language]} ${percent(share)}${open(code)}`)
              .join('；'),
            wide: true,
          },
        ]
      : []),
    ...(areaM2 === null ? [] : [{ label: t.layers.lookup.area, value: areaText(areaM2) }]),
    {
      label: t.layers.lookup.elevation,
      value:
        elevation &&
        `${elevation.min === elevation.max ? metres(elevation.min) : `${metres(elevation.min)} – ${metres(elevation.max)}`} · ${elevation.name} (${t.layers.cells(String(elevation.cellM))})`,
    },
    ...distances.map(({ kind, metres: m }) => ({
      label: LAYER_KIND_LABELS[kind][language],
      value: m === null ? t.layers.lookup.far : metres(m),
    })),
  ]
}

function Hits({ hits }: { hits: HitRow[] }) {
  const { t, language } = useLanguage()
  const columns: Column<HitRow>[] = [
    { key: 'name', title: t.layers.lookup.basic, phone: 'head', render: (hit) => hit.name || `#${hit.n}` },
    { key: 'kind', title: t.layers.kind, render: (hit) => LAYER_KIND_LABELS[hit.kind][language] },
    {
      key: 'layer',
      title: t.layers.list,
      render: ({ layer }) => [`${layer.name} v${layer.version}`, layer.date, layer.source].filter(Boolean).join(' · '),
    },
    {
      key: 'overlap',
      title: t.layers.lookup.overlap,
      render: (hit) =>
        hit.overlapM2 === null
          ? '—'
          : `${areaText(hit.overlapM2)}${hit.shareOfParcel === null ? '' : ` · ${t.layers.lookup.ofParcel(percent(hit.shareOfParcel))}`}`,
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable
        caption={t.layers.lookup.hits}
        columns={columns}
        rows={hits}
        rowKey={(hit) => `${hit.layer.name}-${hit.kind}-${hit.n}`}
      />
    </div>
  )
}

function Why({ steps }: { steps: readonly ZoneStep[] }) {
  const { t, language } = useLanguage()
  const columns: Column<ZoneStep>[] = [
    {
      key: 'clause',
      title: t.layers.lookup.whyClause,
      phone: 'head',
      render: (step) => (
        <>
          {step.text[language]}
          <div className="muted">{step.clause}</div>
        </>
      ),
    },
    {
      key: 'answer',
      title: t.layers.lookup.whyAnswer,
      width: '90px',
      render: (step) => (
        <span className={`mark ${step.answer === 'yes' ? 'mark-state' : step.answer === 'unknown' ? 'mark-warn' : ''}`}>
          {t.layers.lookup.answers[step.answer]}
        </span>
      ),
    },
    { key: 'found', title: t.layers.lookup.whyFound, render: (step) => step.found || '—' },
    { key: 'layers', title: t.layers.lookup.whyLayers, render: (step) => step.sources.join('、') || '—' },
    {
      key: 'rule',
      title: t.layers.lookup.whyRule,
      render: ({ rule }) => (
        <>
          {rule.version} {rule.unverified && <span className="mark">{t.layers.lookup.unverified}</span>}
          <div className="muted">{rule.source}</div>
        </>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.layers.lookup.why} columns={columns} rows={steps} rowKey={(step) => step.key} />
    </div>
  )
}
