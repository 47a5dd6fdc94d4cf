import type { Box } from './box.ts'

/** What the head of a PMTiles file says of a picture of the ground. */
export type Imagery = {
  name: string
  /** Heights instead of colours, coded as Terrarium: the file is called `….dem.pmtiles`. */
  heights: boolean
  minZoom: number
  maxZoom: number
  bounds: Box
}

/** Length of the head of a PMTiles file, version 3. */
export const HEAD_BYTES = 127
// PNG, JPEG, WebP, AVIF. 1 are vector tiles, which need a style of their own.
const PICTURES = [2, 3, 4, 5]

/** A name that an operator may give a file of imagery: no separator and no leading dot, so that none leads out of its folder. */
export const IMAGERY_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,79}$/u

/** Reads the head of a PMTiles v3 file (protomaps/PMTiles, spec/v3, section 3); undefined where it is none or holds no pictures. */
export function parseImagery(name: string, head: Uint8Array): Imagery | undefined {
  if (head.length < HEAD_BYTES || !IMAGERY_NAME.test(name)) return undefined
  if (new TextDecoder().decode(head.subarray(0, 7)) !== 'PMTiles' || head[7] !== 3) return undefined
  if (!PICTURES.includes(head[99]!)) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const degrees = (at: number) => view.getInt32(at, true) / 1e7
  return {
    name,
    heights: name.endsWith('.dem'),
    minZoom: head[100]!,
    maxZoom: head[101]!,
    bounds: [degrees(102), degrees(106), degrees(110), degrees(114)],
  }
}
