import type { LayerKind } from '../../../src/places/rules/layer-kinds.ts'
import type { ZoneAnswer } from '../../../src/places/rules/qinling-zones.ts'

/** A version of a layer as the API lists it. */
export type LayerRow = {
  id: string
  name: string
  version: number
  kind: LayerKind
  state: 'waiting' | 'loaded' | 'refused'
  current: boolean
  fileName: string
  source: string
  date: string | null
  crs: { code: number | null; name: string } | null
  features: number
  repaired: number
  leftOut: number
  progress: { phase: 'reading' | 'writing'; done: number; total: number } | null
  removedAt: string | null
}

export type FindingRow = {
  n: number
  name: string
  problem: string
  reason?: string
  areaBefore?: number
  areaAfter?: number
  kept: boolean
}

export type Report = {
  layer: LayerRow
  refused?: { zh: string; en: string }
  counts: Record<string, number>
  findings: FindingRow[]
  warnings: { zh: string; en: string }[]
}

export type HitRow = {
  kind: LayerKind
  n: number
  name: string
  layer: { name: string; version: number; source: string; date: string | null }
  overlapM2: number | null
  shareOfParcel: number | null
  validFrom: string | null
  validTo: string | null
}

/** What the API says of a place. */
export type Found = {
  day: string
  areaM2: number | null
  zone: ZoneAnswer
  elevation: { min: number; max: number; method: string; name: string; cellM: number } | null
  distances: { kind: LayerKind; metres: number | null }[]
  hits: HitRow[]
}

/** Square metres as a person reads them. */
export function areaText(m2: number): string {
  if (m2 >= 1e6) return `${round(m2 / 1e6)} km²`
  return m2 >= 1e4 ? `${round(m2 / 1e4)} ha` : `${round(m2)} m²`
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}

const round = (n: number) => Number(n.toPrecision(4)).toLocaleString('en-US')
