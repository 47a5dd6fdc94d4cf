import './export-menu.css'
import { Button, Dropdown, message } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { EXPORT_FORMATS, EXPORT_LAYOUTS, type ExportFormat, isSheet } from '../../../src/cases/export/rules/kinds.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { download, type Received, saveFile } from './download.ts'

/** Exports the list that is on the screen: `filters` are those of its address. Shows how far it is, and can be cancelled. */
export function ExportMenu({ filters }: { filters: Readonly<Record<string, string | undefined>> }) {
  const { t } = useLanguage()
  const { state, start, cancel } = useExport()
  const items = useItems()
  const choose = (key: string) => start(pathOf(key, filters))
  if (state.at === 'running')
    return (
      <span className="export-run">
        <span role="status" className="small muted">
          {state.received.bytes === 0
            ? t.export.preparing(state.received.rows)
            : t.export.progress(sizeOf(state.received.bytes), state.received.rows)}
        </span>
        <Button size="small" onClick={cancel}>
          {t.export.cancel}
        </Button>
      </span>
    )
  return (
    <span className="export-run">
      {state.at === 'failed' && <ProblemAlert error={state.error} />}
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button aria-label={t.export.label} aria-haspopup="menu">
          {t.export.button}
        </Button>
      </Dropdown>
    </span>
  )
}

type State = { at: 'idle' } | { at: 'running'; received: Received } | { at: 'failed'; error: unknown }

function useExport() {
  const { t, language } = useLanguage()
  const [state, setState] = useState<State>({ at: 'idle' })
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const start = async (path: string) => {
    const own = new AbortController()
    stop.current = own
    setState({ at: 'running', received: { bytes: 0, rows: undefined } })
    try {
      const tell = (received: Received) => setState({ at: 'running', received })
      const { blob, name, rows } = await download({ path, language, signal: own.signal, tell })
      saveFile(blob, name)
      message.success(t.export.done(rows))
      setState({ at: 'idle' })
    } catch (error) {
      setState(own.signal.aborted ? { at: 'idle' } : { at: 'failed', error })
    }
  }
  return { state, start, cancel: () => stop.current?.abort() }
}

function useItems() {
  const { t } = useLanguage()
  const { formats, layouts, asFormat } = t.export
  const sheets = (['xlsx', 'csv'] as const).flatMap((format) =>
    EXPORT_LAYOUTS.map((layout) => ({ key: `${format}/${layout}`, label: asFormat(layouts[layout], formats[format]) })),
  )
  const places = EXPORT_FORMATS.filter((format) => !isSheet(format)).flatMap((format) => [
    { key: format, label: formats[format] },
    ...(format === 'shp.zip' ? [{ key: 'shp.zip/gbk', label: t.export.gbk }] : []),
  ])
  return [
    { key: 'sheets', type: 'group' as const, label: t.export.sheets, children: sheets },
    { key: 'places', type: 'group' as const, label: t.export.places, children: places },
  ]
}

function pathOf(key: string, filters: Readonly<Record<string, string | undefined>>): string {
  const [format, more] = key.split('/') as [ExportFormat, string | undefined]
  const given = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const option = more === undefined ? [] : [[more === 'gbk' ? 'encoding' : 'layout', more] as [string, string]]
  const search = new URLSearchParams([...given, ...option]).toString()
  return `/api/cases/export.${format}${search && `?${search}`}`
}

const sizeOf = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`)
