import { z } from 'zod'
import { COLOURS, SOURCE_TYPES } from '../rules/codes.ts'

/** Written only where it is so: `open=true`. */
const Yes = z
  .literal('true')
  .transform(() => true as const)
  .optional()

/** `YYYY-MM` that exists. */
export const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected YYYY-MM')

/** What the list is narrowed by so that it shows exactly the cases behind a number of the board. */
export const STANDING = {
  open: Yes,
  overdue: Yes,
  soon: Yes,
  reopened: Yes,
  rebound: Yes,
  cleared: MonthText.optional(),
  source: z.enum(SOURCE_TYPES).optional(),
  batch: z.string().min(1).max(500).optional(),
  noBatch: Yes,
  month: MonthText.optional(),
  monthColour: z.enum(COLOURS).optional(),
}
