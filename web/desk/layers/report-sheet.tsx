import { Alert, Button } from 'antd'
import { LAYER_KIND_LABELS } from '../../../src/places/rules/layer-kinds.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useGet } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { areaText, type FindingRow, type LayerRow, type Report } from './layer-view.ts'

/** What a load found: about the whole file, and feature by feature. */
export function ReportSheet({ layer, onClose }: { layer: LayerRow; onClose(): void }) {
  const { t } = useLanguage()
  const report = useGet<Report>(`/api/layers/${layer.id}/report`)
  return (
    <Sheet title={t.layers.reportTitle(layer.name, layer.version)} open onClose={onClose} wide>
      <Loaded query={report}>{(found) => <Content report={found} />}</Loaded>
      <div className="sheet-foot">
        <Button onClick={onClose}>{t.common.close}</Button>
      </div>
    </Sheet>
  )
}

function Content({ report }: { report: Report }) {
  const { t, language } = useLanguage()
  const { layer, refused, findings, warnings, counts } = report
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  return (
    <div className="stack">
      {refused && <Alert type="error" showIcon title={`${t.layers.refusedBecause}${t.colon}${refused[language]}`} />}
      <Facts
        facts={[
          { label: t.layers.kind, value: LAYER_KIND_LABELS[layer.kind][language] },
          { label: t.layers.file, value: layer.fileName },
          { label: t.layers.features, value: layer.features },
          { label: t.layers.mended, value: layer.repaired },
          { label: t.layers.leftOut, value: layer.leftOut },
          { label: t.layers.crs, value: layer.crs && `${layer.crs.name}${layer.crs.code ? ` EPSG:${layer.crs.code}` : ''}` },
        ]}
      />
      {warnings.length > 0 && (
        <section>
          <h3>{t.layers.whole}</h3>
          <ul>
            {warnings.map((warning) => (
              <li key={warning.en}>{warning[language]}</li>
            ))}
          </ul>
        </section>
      )}
      {!refused && (
        <section>
          <h3>{t.layers.found}</h3>
          {findings.length === 0 ? <p className="muted">{t.layers.clean}</p> : <Findings findings={findings} />}
          {total > findings.length && <p className="muted">{t.layers.more(total - findings.length)}</p>}
        </section>
      )}
    </div>
  )
}

function Findings({ findings }: { findings: FindingRow[] }) {
  const { t } = useLanguage()
  const problems: Record<string, string> = t.layers.problems
  const columns: Column<FindingRow>[] = [
    { key: 'feature', title: t.layers.feature, phone: 'head', render: (f) => `#${f.n} ${f.name}` },
    {
      key: 'problem',
      title: t.layers.problem,
      render: (f) => (
        <>
          {problems[f.problem] ?? f.problem}
          {f.reason && <div className="muted">{f.reason}</div>}
        </>
      ),
    },
    {
      key: 'areas',
      title: t.layers.areas,
      render: (f) =>
        f.areaBefore === undefined || f.areaAfter === undefined ? '—' : `${areaText(f.areaBefore)} → ${areaText(f.areaAfter)}`,
    },
    { key: 'outcome', title: t.layers.outcome, width: '80px', render: (f) => (f.kept ? t.layers.kept : t.layers.leftOut) },
  ]
  const rows = findings.map((finding, i) => ({ ...finding, key: `${finding.n}-${finding.problem}-${i}` }))
  return (
    <div className="table-wrap">
      <DataTable caption={t.layers.found} columns={columns} rows={rows} rowKey={(row) => (row as (typeof rows)[number]).key} />
    </div>
  )
}
