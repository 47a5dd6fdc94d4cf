import { z } from 'zod'
import { isDay } from '../day-schema.ts'
import { COURSES } from './rules/figures.ts'
import { STAGES } from './rules/stages.ts'

const Yes = z
  .literal('true')
  .transform(() => true as const)
  .optional()

const listOf = <const T extends string>(codes: readonly T[]) =>
  z
    .string()
    .max(300)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(codes)))

const MOST_CELLS = 100

/** What the list is narrowed by so that it shows exactly the cases behind a figure or a hot spot. */
export const COURSE_FILTERS = {
  responsible: z.uuid().optional(),
  noUnit: Yes,
  noCategory: Yes,
  closedFrom: isDay.optional(),
  closedTo: isDay.optional(),
  course: listOf(COURSES).optional(),
  passed: z.enum(STAGES).optional(),
  passedIn: z.enum(['natural', 'working']).optional(),
  cells: z
    .string()
    .max(MOST_CELLS * 16)
    .transform((text) => text.split(','))
    // A cell of the H3 grid down to level 9: mode 1, its level, base cell and digits.
    .pipe(z.array(z.string().regex(/^8[0-9][0-9a-f]{13}$/, 'expected cells of the H3 grid, level 0 to 9')).max(MOST_CELLS))
    .optional(),
}
