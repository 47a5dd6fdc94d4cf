export { loadPlaces, type Places, savePlaces } from './load.ts'
export { routes } from './routes.ts'
export type { Area } from './rules/area.ts'
export { findCountyAt, hasAreas, isBelow, listAreas } from './store.ts'
