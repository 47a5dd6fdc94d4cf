import type { House } from '../base/ctx.ts'
import type { Job } from '../base/jobs.ts'
import { freezeMonths } from './history/freeze.ts'
import { foldSpots } from './map/fold.ts'
import { catchUpCourses } from './numbers/keep.ts'
import { recolourAll } from './recolour.ts'

/** What runs later: at midnight, and at every start, the ended months are frozen first and then every case gets the colour of the day. */
export function jobsOf(house: House): Job[] {
  const run = async () => {
    const months = await freezeMonths(house)
    house.log.info({ months, changed: await recolourAll(house) }, 'colours of the day')
  }
  const fold = async () => void (await foldSpots(house))
  const courses = async () => {
    const made = await catchUpCourses(house)
    if (made > 0) house.log.info({ made }, 'courses of cases')
  }
  return [
    { name: 'cases-colours', cron: '0 0 * * *', calendar: true, run },
    { name: 'cases-courses', cron: '*/10 * * * *', calendar: true, run: courses },
    { name: 'cases-spots', cron: '* * * * *', run: fold },
  ]
}
