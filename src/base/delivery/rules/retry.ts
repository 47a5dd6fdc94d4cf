/** Seconds to wait after each failed attempt: five seconds at first, the last after twenty hours, three days in all (Standard Webhooks). */
export const RETRY_SECONDS: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000]

/** When to try again after `attempts` failures, with up to a tenth more so that not all come at once; undefined: never. */
export function nextAttempt(attempts: number, now: Date, chance: number): Date | undefined {
  const seconds = RETRY_SECONDS[attempts - 1]
  return seconds === undefined ? undefined : new Date(now.getTime() + seconds * 1000 * (1 + chance / 10))
}
