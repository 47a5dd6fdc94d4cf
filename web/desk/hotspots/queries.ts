import { useGet } from '../../shell/use-api.ts'

type Point = { lng: number; lat: number }
type Names = {
  region: string | null
  regionName: string | null
  town: string | null
  townName: string | null
  unit: string | null
  unitName: string | null
  category: string | null
  categoryName: string | null
}
export type Cell = Names & {
  cell: string
  centre: Point
  ring: [number, number][]
  n: number
  recent: number
  expected: number
  byMonth: number[]
  query: string
}
export type Cluster = Names & {
  rank: number
  centre: Point
  radius: number
  cells: string[]
  from: string
  to: string
  byMonth: number[]
  n: number
  expected: number
  ratio: number
  llr: number
  p: number
  frequent: boolean
  visits: number
  monthsAtRisk: number[]
  query: string
}
export type Hotspots = {
  today: string
  level: number
  km2: number
  months: string[]
  total: number
  unplaced: number
  rule: { minCases: number; months: number; maxP: number; clause: { version: string; source: string; unverified: boolean } }
  cells: Cell[]
  scan: {
    state: 'running' | 'done' | 'failed' | 'busy' | 'few'
    done: number
    ms: number
    runs: number
    seed: number
    alive: boolean
    longest: number
    clusters: Cluster[]
  }
}

const WAIT_MS = 1200

/** Cells and clusters; while the scan runs it is asked again. */
export function useHotspots(query: string, waiting: boolean) {
  return useGet<Hotspots>(`/api/hotspots?${query}`, { keep: true, staleTime: 60_000, ...(waiting && { every: WAIT_MS }) })
}
