import { Button, Form, Input, message, Select } from 'antd'
import { useState } from 'react'
import { LAYER_KIND_LABELS, LAYER_KINDS } from '../../../src/places/rules/layer-kinds.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { PlainFile } from './plain-file.tsx'

type Values = Partial<Record<'name' | 'kind' | 'crs' | 'layer' | 'source' | 'date', string>>

/** Uploads a file with what it is; it is then read in the background and the list shows how far it is. */
export function LayerSheet({ onClose }: { onClose(): void }) {
  const { t } = useLanguage()
  const [form] = Form.useForm<Values>()
  const [file, setFile] = useState<File>()
  const [missing, setMissing] = useState(false)
  const send = useSend<{ id: string }>({
    onDone: () => {
      message.success(t.layers.sent)
      onClose()
    },
  })
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    if (chosen && !form.getFieldValue('name')) form.setFieldValue('name', chosen.name.replace(/\.[^.]*$/, ''))
  }
  const submit = (values: Values) => {
    setMissing(!file)
    if (file) send.mutate({ path: '/api/layers', body: layerForm(values, file) })
  }
  return (
    <Sheet title={t.layers.add} open onClose={onClose}>
      <Form form={form} layout="vertical" onFinish={submit} disabled={send.isPending} scrollToFirstError>
        <PlainFile
          id="layer-file"
          label={t.layers.file}
          button={t.layers.chooseFile}
          hint={t.layers.fileTypes}
          accept=".geojson,.json,.zip,.gpkg,.tif,.tiff,.shp"
          file={file}
          choose={choose}
          {...(missing && !file && { error: t.layers.fileMissing })}
        />
        <Words />
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          {send.isPending && <span role="status">{t.layers.uploading}</span>}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.layers.send}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

function Words() {
  const { t, language } = useLanguage()
  const kinds = LAYER_KINDS.map((kind) => ({ value: kind, label: LAYER_KIND_LABELS[kind][language] }))
  const needed = (name: 'name' | 'kind') => ({
    name,
    label: t.layers[name],
    rules: [{ required: true, message: t.common.missing(t.layers[name]) }],
  })
  return (
    <>
      <Form.Item {...needed('kind')}>
        <Select options={kinds} placeholder={t.common.choose} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item {...needed('name')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="crs" label={t.layers.crs} extra={t.layers.crsHint}>
        <Select allowClear options={SYSTEMS} placeholder={t.layers.crsAuto} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="layer" label={t.layers.layerInside} extra={t.layers.layerHint}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="two">
        <Form.Item name="date" label={t.layers.date}>
          <DayInput />
        </Form.Item>
        <Form.Item name="source" label={t.layers.source}>
          <Input maxLength={500} />
        </Form.Item>
      </div>
    </>
  )
}

// The systems that files of this province come in; the server knows more (EPSG:4491–4554 and the older datums).
const SYSTEMS = [
  { value: 'gcj02', label: 'GCJ-02（高德、腾讯 / Amap, Tencent）' },
  { value: 'EPSG:4490', label: 'CGCS2000 EPSG:4490' },
  { value: 'EPSG:4326', label: 'WGS 84 EPSG:4326' },
  ...[
    [35, 105, 4523, 4544],
    [36, 108, 4524, 4545],
    [37, 111, 4525, 4546],
  ].flatMap(([zone, meridian, withZone, without]) => [
    { value: `EPSG:${withZone}`, label: `CGCS2000 3° ${zone} 带 / zone ${zone} (${zone} 500 000) EPSG:${withZone}` },
    { value: `EPSG:${without}`, label: `CGCS2000 3° ${meridian}°E (500 000) EPSG:${without}` },
  ]),
  { value: 'EPSG:4496', label: 'CGCS2000 6° 18 带 / zone 18 EPSG:4496' },
  { value: 'EPSG:4497', label: 'CGCS2000 6° 19 带 / zone 19 EPSG:4497' },
  { value: 'EPSG:3857', label: 'Web Mercator EPSG:3857' },
  { value: 'EPSG:32648', label: 'UTM 48N EPSG:32648' },
  { value: 'EPSG:32649', label: 'UTM 49N EPSG:32649' },
  { value: 'EPSG:4610', label: '西安 80 / Xi’an 1980 EPSG:4610' },
  { value: 'EPSG:4214', label: '北京 54 / Beijing 1954 EPSG:4214' },
]

function layerForm(values: Values, file: File): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) if (value?.trim()) form.set(name, value.trim())
  form.set('file', file)
  return form
}
