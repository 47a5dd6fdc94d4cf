import type { House } from '../base/ctx.ts'
import type { Job } from '../base/jobs.ts'
import { freezeMonth } from './history/freeze.ts'
import { foldSpots } from './map/fold.ts'
import { recolourAll } from './recolour.ts'

/** What runs later: at midnight, and at every start, the ended month is frozen first and then every case gets the colour of the day. */
export function jobsOf(house: House): Job[] {
  const run = async () => {
    const { month, frozen } = await freezeMonth(house)
    house.log.info({ month, frozen, changed: await recolourAll(house) }, 'colours of the day')
  }
  const fold = async () => void (await foldSpots(house))
  return [
    { name: 'cases-colours', cron: '0 0 * * *', calendar: true, run },
    { name: 'cases-spots', cron: '* * * * *', run: fold },
  ]
}
