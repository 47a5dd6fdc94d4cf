import type { House } from '../base/ctx.ts'
import type { Job } from '../base/jobs.ts'
import { freezeMonths } from './history/freeze.ts'
import { foldSpots } from './map/fold.ts'
import { tellOfDays, tellOfEvents } from './notices/tell.ts'
import { catchUpCourses } from './numbers/keep.ts'
import { recolourAll } from './recolour.ts'

/**
 * What runs later: at midnight, and at every start, the ended months are frozen first and then every case gets the colour of the day; `then`
 * is what others make of these colours.
 */
export function jobsOf(house: House, then?: () => Promise<void>): Job[] {
  const run = async () => {
    const months = await freezeMonths(house)
    house.log.info({ months, changed: await recolourAll(house) }, 'colours of the day')
    await then?.()
  }
  const fold = async () => void (await foldSpots(house))
  const courses = async () => {
    const made = await catchUpCourses(house)
    if (made > 0) house.log.info({ made }, 'courses of cases')
  }
  return [
    { name: 'cases-colours', cron: '0 0 * * *', calendar: true, run },
    { name: 'cases-notices', cron: '* * * * *', run: async () => void (await tellOfEvents(house)) },
    { name: 'cases-due-notices', cron: '0 8 * * *', calendar: true, run: () => tellOfDays(house) },
    { name: 'cases-courses', cron: '*/10 * * * *', calendar: true, run: courses },
    { name: 'cases-spots', cron: '* * * * *', run: fold },
  ]
}
