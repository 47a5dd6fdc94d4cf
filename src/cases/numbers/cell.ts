import { cellToBoundary, cellToLatLng, getHexagonAreaAvg, latLngToCell, UNITS } from 'h3-js'
import type { Point } from '../rules/case.ts'

/** The level of the H3 grid that a case's cell is kept at: hexagons of about 0.1 km². */
export const KEPT_LEVEL = 9

/** The cell of a place as the database keeps it. */
export function cellOf({ lat, lng }: Point): string {
  return BigInt(`0x${latLngToCell(lat, lng, KEPT_LEVEL)}`).toString()
}

/** A cell as H3 writes it, of the number that the database keeps. */
export const h3Name = (cell: string): string => BigInt(cell).toString(16)

/** The numbers of the kept cells that lie under a cell of a coarser level: one range of them. */
export function cellsUnder(name: string): { from: string; to: string } {
  const cell = BigInt(`0x${name}`)
  const level = (cell >> 52n) & 15n
  const kept = (cell & ~(15n << 52n)) | (BigInt(KEPT_LEVEL) << 52n)
  const under = ((1n << (3n * (BigInt(KEPT_LEVEL) - level))) - 1n) << (3n * (15n - BigInt(KEPT_LEVEL)))
  return { from: (kept & ~under).toString(), to: (kept | under).toString() }
}

/** The middle of a cell, its corners, longitude first, and the average area of its level in square kilometres. */
export function cellShape(name: string, level: number) {
  const [lat, lng] = cellToLatLng(name)
  const ring = cellToBoundary(name, true) as [number, number][]
  return { centre: { lng, lat }, ring, km2: getHexagonAreaAvg(level, UNITS.km2) }
}
