import { z } from 'zod'
import { isDay } from './day-schema.ts'
import { COURSE_FILTERS } from './numbers/filter-schema.ts'
import { CATEGORIES, COLOURS, PATHS, POLLUTION, STATES } from './rules/codes.ts'

const MOST_CORNERS = 100

/** West, south, east, north in WGS 84 degrees. */
export const Bbox = z
  .string()
  .max(100)
  .transform((text) => text.split(',').map(Number))
  .refine((b) => b.length === 4 && b.every(Number.isFinite), 'expected west,south,east,north')
  .transform((b) => b as [number, number, number, number])

/** A polygon's corners, `lng,lat;lng,lat;…` in WGS 84 degrees; the last need not repeat the first. */
const Within = z
  .string()
  .max(5000)
  .transform((text) => text.split(';').map((corner) => corner.split(',').map(Number)))
  .refine(isRing, `expected 3 to ${MOST_CORNERS} corners: lng,lat;lng,lat;lng,lat`)
  .transform((corners) => corners as [number, number][])

function isRing(corners: number[][]): boolean {
  const isCorner = ([lng, lat, ...rest]: number[]) =>
    rest.length === 0 && Math.abs(lng ?? Number.NaN) <= 180 && Math.abs(lat ?? Number.NaN) <= 90
  return corners.length >= 3 && corners.length <= MOST_CORNERS && corners.every(isCorner)
}

const Yes = z
  .literal('true')
  .transform(() => true as const)
  .optional()

/** What else a case has; dates are the first and the last day, both included. */
const MORE = {
  town: z.string().max(20).optional(),
  unit: z.uuid().optional(),
  dueFrom: isDay.optional(),
  dueTo: isDay.optional(),
  reportedFrom: isDay.optional(),
  reportedTo: isDay.optional(),
  pollution: z.enum(POLLUTION).optional(),
  secrecy: z.coerce.number().int().min(0).max(3).optional(),
  sample: z
    .enum(['true', 'false'])
    .transform((v) => v === 'true')
    .optional(),
  reminded: Yes,
}

/** What the list, the map and their counts are narrowed by: the same words in every address. */
export const FilterQuery = z.object({
  ...MORE,
  region: z.string().max(20).optional(),
  state: z
    .string()
    .max(300)
    .transform((s) => s.split(','))
    .pipe(z.array(z.enum(STATES)))
    .optional(),
  colour: z.enum(COLOURS).optional(),
  category: z.enum(CATEGORIES).optional(),
  path: z.enum(PATHS).optional(),
  q: z.string().trim().min(1).max(100).optional(),
  within: Within.optional(),
  incomplete: z
    .enum(['true', 'false'])
    .transform((v) => v === 'true')
    .optional(),
  ...COURSE_FILTERS,
})
