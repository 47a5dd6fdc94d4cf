import { z } from 'zod'
import { type Day, type Instant, isDay as isDayText, parseInstant } from '../base/rules/day.ts'
import { isRefusal } from '../base/rules/refusal.ts'

/** `YYYY-MM-DD` that exists. */
export const isDay = z
  .string()
  .max(10)
  .refine(isDayText, { error: (issue) => `found ${String(issue.input)}, expected YYYY-MM-DD` })
  .transform((text) => text as Day)

/** RFC 3339 with offset. */
export const isInstantText = z
  .string()
  .max(40)
  .refine((text) => !isRefusal(parseInstant(text)), {
    error: (issue) => `found ${String(issue.input)}, expected YYYY-MM-DDThh:mm:ss+08:00`,
  })
  .transform((text) => text as Instant)
