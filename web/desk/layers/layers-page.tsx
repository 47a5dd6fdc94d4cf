import '../lists.css'
import './layers.css'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useCan } from '../../shell/session.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { LayerSheet } from './layer-sheet.tsx'
import { LayerTable } from './layer-table.tsx'
import type { LayerRow } from './layer-view.ts'
import { LookupPanel } from './lookup-panel.tsx'
import { ReportSheet } from './report-sheet.tsx'
import { useLayers } from './use-layers.ts'

/** 图层与分区: what is loaded, what loading found, and what lies at a place. */
export function LayersPage() {
  const t = useText()
  const [adding, setAdding] = useState(false)
  const [history, setHistory] = useState(false)
  const [shown, setShown] = useState<LayerRow>()
  const layers = useLayers(history)
  const canManage = useCan('layer.manage')
  useTitle(t.layers.title, t.product)
  return (
    <>
      <PageHead
        title={t.layers.title}
        note={t.layers.note}
        extra={
          canManage && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t.layers.add}
            </Button>
          )
        }
      />
      <LookupPanel />
      <Panel
        title={t.layers.list}
        extra={
          <span className="row">
            <Switch size="small" checked={history} onChange={setHistory} aria-label={t.layers.history} />
            {t.layers.history}
          </span>
        }
      >
        <Loaded query={layers}>
          {({ items }) =>
            items.length === 0 ? (
              <MessageBox title={t.layers.empty} text={t.layers.emptyText} />
            ) : (
              <LayerTable layers={items} canManage={canManage} show={setShown} />
            )
          }
        </Loaded>
      </Panel>
      {adding && <LayerSheet onClose={() => setAdding(false)} />}
      {shown && <ReportSheet layer={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
