import type { House } from '../base/ctx.ts'
import { draftAtNight } from './by-rule.ts'
import { takeMonthsOver } from './scores.ts'

/** What is made of the colours of the day, after they were given: ended months are taken over for scoring, then drafts by rule. */
export async function afterColours(house: House): Promise<void> {
  const months = await takeMonthsOver(house)
  house.log.info({ months, drafts: await draftAtNight(house) }, 'supervision')
}
