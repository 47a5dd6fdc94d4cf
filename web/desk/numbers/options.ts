import type { EChartsCoreOption } from 'echarts/core'
import type { NumbersWords } from '../../shell/catalogue/zh-numbers.ts'
import type { Ink } from '../../ui/chart.tsx'
import type { Cross, Row } from './queries.ts'

type Words = { t: NumbersWords; ink: Ink }

/** One box of days: name, n and the five ranks; quarters are missing where there are too few cases. */
export type Box = {
  name: string
  n: number
  min: number
  p25: number | null
  median: number
  p75: number | null
  max: number
  p90: number | null
}

/** Bars of where the cases of each row stand, cut into four parts that make the whole. */
export function barsOption(rows: readonly Row[], { t, ink }: Words): EChartsCoreOption {
  const names = rows.map((row) => row.name ?? t.none)
  return {
    ...base(ink),
    grid: { left: 132, right: 40, top: 34, bottom: 26 },
    xAxis: { type: 'value', minInterval: 1, ...axis(ink) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      ...axis(ink),
      axisLabel: { color: ink.text, width: 120, overflow: 'truncate' },
    },
    series: partsOf(rows, t).map((part, at) => ({
      ...{ name: part.name, type: 'bar', stack: 'all', data: part.data, barMaxWidth: 22, emphasis: { focus: 'none' } },
      ...(at === 3 && { label: totalLabel(rows, ink) }),
    })),
  }
}

/** The same parts month by month. */
export function trendOption(rows: readonly Row[], { t, ink }: Words): EChartsCoreOption {
  return {
    ...base(ink),
    grid: { left: 44, right: 12, top: 34, bottom: 26 },
    xAxis: { type: 'category', data: rows.map((row) => row.name ?? t.none), ...axis(ink) },
    yAxis: { type: 'value', minInterval: 1, ...axis(ink) },
    series: partsOf(rows, t).map((part) => ({ name: part.name, type: 'bar', stack: 'all', data: part.data, barMaxWidth: 34 })),
  }
}

/** Boxes of days: from the least to the most, the box from quarter to quarter; only a line and a point where there are too few cases. */
export function boxesOption(boxes: readonly Box[], { t, ink }: Words): EChartsCoreOption {
  const names = boxes.map((box) => `${box.name}\nn=${box.n}`)
  const most = Math.max(1, ...boxes.map((box) => box.p90 ?? box.max))
  return {
    ...base(ink),
    legend: { show: false },
    grid: { left: 148, right: 16, top: 8, bottom: 42 },
    // The few that took longest by far would press all others together: the axis ends a little after the ninth tenth.
    xAxis: { type: 'value', name: t.days, nameLocation: 'middle', nameGap: 22, max: Math.ceil(most * 1.15), ...axis(ink) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      ...axis(ink),
      axisLabel: { color: ink.text, lineHeight: 14, width: 138, overflow: 'break' },
    },
    series: [
      {
        ...{ type: 'boxplot', boxWidth: [8, 22], itemStyle: { color: '#56b4e9', borderColor: ink.text, borderWidth: 1.4 } },
        data: boxes.map(({ min, p25, median, p75, max }) => [min, p25 ?? median, median, p75 ?? median, max]),
      },
      {
        ...{ type: 'scatter', symbol: 'diamond', symbolSize: 11, itemStyle: { color: '#d55e00', borderColor: ink.ground } },
        data: boxes.map((box, at) => [box.median, at]),
      },
    ],
  }
}

/** The number of cases in each cell of two dimensions; the number stands in the cell, its shade only helps the eye. */
export function heatOption({ rows, columns, cells }: Cross, { t, ink }: Words): EChartsCoreOption {
  const [down, across] = [rows.map((row) => row.key), columns.map((column) => column.key)]
  const most = Math.max(1, ...cells.map((cell) => cell.n))
  return {
    ...base(ink),
    aria: { enabled: false },
    legend: { show: false },
    grid: { left: 118, right: 8, top: 86, bottom: 8 },
    xAxis: {
      type: 'category',
      position: 'top',
      data: columns.map((c) => c.name ?? t.none),
      ...axis(ink),
      axisLabel: { color: ink.text, interval: 0, rotate: 38 },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name ?? t.none),
      ...axis(ink),
      axisLabel: { color: ink.text, interval: 0, width: 108, overflow: 'truncate' },
    },
    visualMap: { show: false, min: 0, max: most, inRange: { color: ['#e8f1f8', '#9cc7e3', '#3b8dc0', '#0b4f80'] } },
    series: [
      {
        ...{ type: 'heatmap', itemStyle: { borderColor: ink.ground, borderWidth: 1 } },
        data: cells.map(({ key, across: to, n }) => ({
          value: [across.indexOf(to), down.indexOf(key), n],
          label: { show: true, color: n > most * 0.45 ? '#ffffff' : '#1b2730' },
        })),
      },
    ],
  }
}

function partsOf(rows: readonly Row[], t: NumbersWords): { name: string; data: number[] }[] {
  return [
    { name: t.done, data: rows.map(({ cells }) => cells.done.n) },
    { name: t.openInTime, data: rows.map(({ cells }) => cells.open.n - cells.overdue.n) },
    { name: t.overdue, data: rows.map(({ cells }) => cells.overdue.n) },
    { name: t.ended, data: rows.map(({ cells }) => cells.ended.n) },
  ]
}

function totalLabel(rows: readonly Row[], ink: Ink) {
  const formatter = ({ dataIndex }: { dataIndex: number }) => String(rows[dataIndex]?.cells.total.n ?? '')
  return { show: true, position: 'right', color: ink.text, formatter }
}

const base = (ink: Ink) => ({
  textStyle: { color: ink.text, fontFamily: ink.font },
  legend: { top: 0, left: 0, textStyle: { color: ink.text }, itemWidth: 18, itemHeight: 12 },
  tooltip: { trigger: 'item', renderMode: 'richText', confine: true },
})

const axis = (ink: Ink) => ({
  axisLabel: { color: ink.text },
  axisLine: { lineStyle: { color: ink.line } },
  splitLine: { lineStyle: { color: ink.line } },
  nameTextStyle: { color: ink.soft },
})
