import type { House } from '../base/ctx.ts'
import type { Job } from '../base/jobs.ts'
import { freezeMonth, recolourAll } from './recolour.ts'

/** What runs later: the colours of the day just after midnight, the month's snapshot on its last evening. Both may run twice. */
export function jobsOf(house: House): Job[] {
  return [
    {
      name: 'cases-colours',
      cron: '5 0 * * *',
      run: async () => void house.log.info({ changed: await recolourAll(house) }, 'colours of the day'),
    },
    { name: 'cases-month', cron: '50 23 28-31 * *', run: () => freezeOnLastDay(house) },
  ]
}

// Cron cannot say "the last day of the month": it fires on the 28th to the 31st, and only the last one acts.
async function freezeOnLastDay(house: House): Promise<void> {
  const shanghai = (ms: number) => new Date(ms + 8 * 3_600_000)
  const now = house.clock().getTime()
  if (shanghai(now).getUTCMonth() === shanghai(now + 86_400_000).getUTCMonth()) return
  house.log.info(await freezeMonth(house), 'month frozen')
}
