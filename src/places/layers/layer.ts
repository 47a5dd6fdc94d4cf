import type { Day } from '../../base/rules/day.ts'
import type { LayerKind } from '../rules/layer-kinds.ts'
import type { DemInfo } from '../terrain/dem.ts'
import type { FaultCode } from './read/clean.ts'
import type { ReadSummary } from './read/read-layer.ts'

/** One version of a layer as the list shows it. */
export type Layer = {
  id: string
  name: string
  version: number
  kind: LayerKind
  /** `waiting` to be read, `loaded`, or `refused` with the reason in its report. */
  state: 'waiting' | 'loaded' | 'refused'
  current: boolean
  fileName: string
  source: string
  date: Day | null
  format: string | null
  crs: ReadSummary['crs'] | null
  features: number
  vertices: number
  repaired: number
  leftOut: number
  bbox: [number, number, number, number] | null
  progress: { phase: 'reading' | 'writing'; done: number; total: number } | null
  createdAt: string
  loadedAt: string | null
  removedAt: string | null
}

/** What a load needs besides its file. */
export type LayerOrder = {
  name: string
  kind: LayerKind
  crs?: string | undefined
  layer?: string | undefined
  source?: string | undefined
  date?: Day | undefined
  fileName: string
}

/** One feature that a person must know about: what was wrong, and its area (m²) before and after. */
export type Finding = {
  n: number
  name: string
  problem: FaultCode | 'invalid' | 'lost' | 'outside' | 'permit-without-days'
  reason?: string | undefined
  areaBefore?: number | undefined
  areaAfter?: number | undefined
  /** Slivers and lines that the repair left behind, dropped. */
  dropped?: number | undefined
  kept: boolean
}

/** What a load did: counts of every problem, its first findings one by one, and what is to be known of the whole file. */
export type LayerReport = {
  refused?: { code: string; params: Record<string, string | number>; zh: string; en: string } | undefined
  counts: Partial<Record<Finding['problem'], number>>
  findings: Finding[]
  warnings: { zh: string; en: string }[]
}

/** More findings than this are counted and not kept. */
export const MAX_FINDINGS = 1000

/** The raster of an elevation layer. */
export type Elevation = { id: string; name: string; version: number; sha: string; dem: DemInfo }
