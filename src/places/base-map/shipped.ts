import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rivers } from './rules/style.ts'

/** Features as they ship with a city. */
export type Features = { type: 'FeatureCollection'; features: unknown[] }

/** Rivers and settlements round a city, for finding one's way; empty for a city that ships none. */
export interface Shipped {
  rivers: Rivers
  settlements: Features
}

const PLACES = join(import.meta.dirname, '../../../data/places')
const NONE: Features = { type: 'FeatureCollection', features: [] }

/** Reads `rivers.wgs84.geojson` and `settlements.wgs84.geojson` of `data/places/<tenant>`. */
export async function readShipped(tenant: number): Promise<Shipped> {
  const read = async <F>(name: string) => {
    const text = await readFile(join(PLACES, String(tenant), `${name}.wgs84.geojson`), 'utf8').catch(() => undefined)
    return (text === undefined ? NONE : JSON.parse(text)) as F
  }
  return { rivers: await read<Rivers>('rivers'), settlements: await read<Features>('settlements') }
}
