import { refuse } from '../../../base/rules/refusal.ts'
import { readDem } from '../../terrain/read-dem.ts'
import { type ReadOrder, readLayer } from './read-layer.ts'

// The process that run-reader.ts starts for one file: it says how far it is, answers once, and ends.
process.once('disconnect', () => process.exit(1)) // whoever asked is gone
const order = JSON.parse(process.argv[2] ?? '{}') as ReadOrder
const progress = (done: number, total: number) => void process.send?.({ done, total })
const read = order.kind === 'elevation' ? readDem(order, progress) : readLayer(order, progress)
const answer = await read.catch((error: unknown) => {
  const found = String(error instanceof Error ? error.message : error).slice(0, 200)
  return refuse('invalid', 'places/layer-unreadable', { format: order.kind === 'elevation' ? 'GeoTIFF' : '', found })
})
process.send?.({ answer }, undefined, {}, () => process.exit(0))
