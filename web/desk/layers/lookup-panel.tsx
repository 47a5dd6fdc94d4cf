import { Button, Form } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useGet, useSend } from '../../shell/use-api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PointInput, type TypedPoint } from '../cases/fields/point-input.tsx'
import type { Found } from './layer-view.ts'
import { PlaceFound } from './place-found.tsx'
import { PlainFile } from './plain-file.tsx'

type Asked = { point?: TypedPoint; day?: string }

/** Asks about a point by its degrees or a parcel by its file, and shows zone, reasons and layers. */
export function LookupPanel() {
  const { t } = useLanguage()
  const [path, setPath] = useState<string>()
  const [file, setFile] = useState<File>()
  const [fault, setFault] = useState<string>()
  const send = useSend<Found>()
  const submit = async ({ point, day }: Asked) => {
    const query = new URLSearchParams({ ...(day && { day }) })
    setFault(undefined)
    if (file) {
      const shape = await parsed(file)
      if (shape === undefined) return setFault(t.layers.lookup.badFile)
      setPath(undefined)
      query.set('crs', point?.crs ?? 'wgs84')
      return send.mutate({ path: `/api/places/lookup?${query}`, body: shape })
    }
    if (!point?.lng || !point.lat) return setFault(t.layers.lookup.needs)
    for (const [name, value] of Object.entries(point)) if (value) query.set(name, value)
    setPath(`/api/places/lookup?${query}`)
  }
  return (
    <Panel title={t.layers.lookup.title}>
      <Form layout="vertical" onFinish={submit} className="lookup-form">
        <Form.Item name="point" label={t.layers.lookup.point}>
          <PointInput />
        </Form.Item>
        <PlainFile
          id="lookup-file"
          label={t.layers.lookup.shape}
          button={t.layers.lookup.shapeChoose}
          hint={t.layers.lookup.shapeNone}
          accept=".geojson,.json"
          file={file}
          choose={setFile}
        />
        <Form.Item name="day" label={t.layers.lookup.day}>
          <DayInput />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t.layers.lookup.ask}
        </Button>
      </Form>
      {fault && <p role="alert">{fault}</p>}
      {send.error && file && <ProblemAlert error={send.error} />}
      {path ? <PointFound path={path} /> : send.data && file && <PlaceFound found={send.data} />}
    </Panel>
  )
}

function PointFound({ path }: { path: string }) {
  const found = useGet<Found>(path)
  return <Loaded query={found}>{(data) => <PlaceFound found={data} />}</Loaded>
}

async function parsed(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    return undefined
  }
}
