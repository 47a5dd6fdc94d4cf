import { BarChart, BoxplotChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, BoxplotChart, HeatmapChart, ScatterChart, SVGRenderer])
use([GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent, AriaComponent])

/** A picture on the page, drawn as SVG. */
export type Drawing = {
  set(option: EChartsCoreOption): void
  resize(): void
  /** The picture as a PNG of twice its size on the ground of the page. */
  png(ground: string): Promise<Blob>
  onPick(pick: (at: { name: string; index: number }) => void): void
  close(): void
}

/** Opens a picture in a box. */
export function openChart(box: HTMLElement): Drawing {
  const chart = init(box, undefined, { renderer: 'svg' })
  return {
    set: (option) => chart.setOption({ animation: false, ...option }, { notMerge: true }),
    resize: () => chart.resize(),
    png: (ground) => pngOf(chart.renderToSVGString(), { width: chart.getWidth(), height: chart.getHeight(), ground }),
    onPick: (pick) => void chart.on('click', (e) => pick({ name: e.name, index: e.dataIndex })),
    close: () => chart.dispose(),
  }
}

async function pngOf(svg: string, { width, height, ground }: { width: number; height: number; ground: string }): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  const context = canvas.getContext('2d')!
  context.fillStyle = ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'))
}
