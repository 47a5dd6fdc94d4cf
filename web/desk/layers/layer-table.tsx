import { Button, message, Popconfirm } from 'antd'
import { LAYER_KIND_LABELS } from '../../../src/places/rules/layer-kinds.ts'
import { asApiProblem } from '../../shell/api-problem.ts'
import { useLanguage } from '../../shell/language.tsx'
import { useSend } from '../../shell/use-api.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { LayerRow } from './layer-view.ts'

/** The layers, one line each: a card each on a phone. */
export function LayerTable({ layers, canManage, show }: { layers: LayerRow[]; canManage: boolean; show(layer: LayerRow): void }) {
  const { t, language } = useLanguage()
  const columns: Column<LayerRow>[] = [
    { key: 'name', title: t.layers.name, phone: 'head', render: (layer) => `${layer.name} v${layer.version}` },
    { key: 'kind', title: t.layers.kind, render: (layer) => LAYER_KIND_LABELS[layer.kind][language] },
    { key: 'state', title: t.layers.state, width: '136px', render: (layer) => <StateMark layer={layer} /> },
    {
      key: 'features',
      title: t.layers.features,
      width: '112px',
      render: (layer) => (layer.kind === 'elevation' || layer.state !== 'loaded' ? '—' : <Count layer={layer} />),
    },
    {
      key: 'crs',
      title: t.layers.crs,
      width: '150px',
      render: (layer) => (layer.crs?.code ? `EPSG:${layer.crs.code}` : (layer.crs?.name ?? '—')),
    },
    { key: 'date', title: t.layers.date, width: '112px', render: (layer) => layer.date ?? '—' },
    { key: 'source', title: t.layers.source, render: (layer) => layer.source || '—' },
    {
      key: 'act',
      title: t.layers.report,
      width: canManage ? '160px' : '80px',
      render: (layer) => (
        <span className="row">
          <Button size="small" onClick={() => show(layer)} aria-label={`${t.layers.report} ${layer.name} v${layer.version}`}>
            {t.layers.report}
          </Button>
          {canManage && !layer.removedAt && <Remove layer={layer} />}
        </span>
      ),
    },
  ]
  return (
    <div className="table-wrap">
      <DataTable caption={t.layers.list} columns={columns} rows={layers} rowKey={(layer) => layer.id} />
    </div>
  )
}

function Count({ layer }: { layer: LayerRow }) {
  const { t } = useLanguage()
  return (
    <span className="row">
      {layer.features}
      {layer.repaired > 0 && <span className="mark mark-warn">{`${t.layers.mended} ${layer.repaired}`}</span>}
    </span>
  )
}

function StateMark({ layer }: { layer: LayerRow }) {
  const { t } = useLanguage()
  const { progress } = layer
  if (layer.state === 'waiting' && !layer.removedAt)
    return (
      <span role="status" className="mark mark-state">
        {progress ? t.layers.progress(progress.phase, progress.done, progress.total) : t.layers.states.waiting}
      </span>
    )
  const state = layer.removedAt ? 'removed' : layer.state === 'loaded' && !layer.current ? 'history' : layer.state
  const look = state === 'loaded' ? 'mark-good' : state === 'refused' ? 'mark-warn' : ''
  return <span className={`mark ${look}`}>{t.layers.states[state]}</span>
}

function Remove({ layer }: { layer: LayerRow }) {
  const { t } = useLanguage()
  const send = useSend<{ removed: true }>({ onDone: () => void message.success(t.layers.removed) })
  const remove = () =>
    send.mutate(
      { method: 'DELETE', path: `/api/layers/${layer.id}` },
      { onError: (error) => void message.error(asApiProblem(error).message) },
    )
  return (
    <Popconfirm
      title={t.layers.removeTitle(`${layer.name} v${layer.version}`)}
      description={t.layers.removeText}
      okText={t.layers.remove}
      cancelText={t.common.close}
      onConfirm={remove}
    >
      <Button size="small" danger loading={send.isPending} aria-label={`${t.layers.remove} ${layer.name} v${layer.version}`}>
        {t.layers.remove}
      </Button>
    </Popconfirm>
  )
}
