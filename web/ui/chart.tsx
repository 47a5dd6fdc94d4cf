import './chart.css'
import { Button } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import type { Drawing } from './chart-engine.ts'

/** The colours of a picture, taken from the page: they follow its light or dark ground. */
export type Ink = { text: string; soft: string; line: string; ground: string; font: string }

type Props = {
  /** What the picture is called; what it shows stands in a table beside it. */
  label: string
  name: string
  height: number
  option(ink: Ink): EChartsCoreOption
  words: { png: string; drawing: string; noChart: string }
}

/** A picture of data. The library comes with the first one; for a screen reader it is one image with a name. */
export function Chart({ label, name, height, option, words }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing>(undefined)
  const latest = useRef(option)
  latest.current = option
  const [state, setState] = useState<'waiting' | 'drawn' | 'failed'>('waiting')
  const draw = () => drawing.current?.set(plain(latest.current(inkOf(box.current!))))
  const again = useRef(draw)
  again.current = draw
  useEffect(() => {
    let left = false
    const stop = watch(
      box.current!,
      () => again.current(),
      () => drawing.current?.resize(),
    )
    import('./chart-engine.ts').then(
      ({ openChart }) => {
        if (left) return
        drawing.current = openChart(box.current!)
        again.current()
        setState('drawn')
      },
      () => setState('failed'),
    )
    return () => {
      left = true
      stop()
      drawing.current?.close()
      drawing.current = undefined
    }
  }, [])
  useEffect(() => again.current())
  const save = async () => {
    const blob = await drawing.current?.png(inkOf(box.current!).ground)
    if (blob) download(blob, `${name}.png`)
  }
  return (
    <figure className="chart">
      <div ref={box} className="chart-box" role="img" aria-label={label} style={{ height }} />
      {state !== 'drawn' && <p className="muted small">{state === 'waiting' ? words.drawing : words.noChart}</p>}
      {state === 'drawn' && (
        <Button size="small" type="text" className="chart-save" onClick={() => void save()} aria-label={`${words.png}: ${name}`}>
          {words.png}
        </Button>
      )}
    </figure>
  )
}

// Patterns beside colours, for eyes and printers that tell colours apart badly; nothing moves.
function plain(option: EChartsCoreOption): EChartsCoreOption {
  return { aria: { enabled: true, label: { enabled: false }, decal: { show: true } }, color: PALETTE, ...option }
}

/** Colours that people of every kind of colour vision tell apart (Okabe and Ito). */
export const PALETTE = ['#0072b2', '#e69f00', '#d55e00', '#9aa5ac', '#009e73', '#cc79a7']

function inkOf(box: HTMLElement): Ink {
  const style = getComputedStyle(box)
  const of = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  return {
    text: of('--ink', '#1b2730'),
    soft: of('--ink-soft', '#5a6b76'),
    line: of('--line', '#d7dfe3'),
    ground: of('--paper', '#ffffff'),
    font: style.fontFamily.replaceAll('"', "'"), // it stands in an attribute of the picture's own file
  }
}

function watch(box: HTMLElement, onInk: () => void, onSize: () => void): () => void {
  const sizes = new ResizeObserver(onSize)
  sizes.observe(box)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', onInk)
  const root = new MutationObserver(onInk)
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] })
  return () => {
    sizes.disconnect()
    root.disconnect()
    dark.removeEventListener('change', onInk)
  }
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
