// Writes data/calendar/state-council.json from the kept library chinese-days: `node tools/make-calendar.ts`.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import chineseDays from 'chinese-days'
import { addDays, type Day, toDay, weekday } from '../src/base/rules/day.ts'

const NOTICES: Record<number, { number: string; url: string }> = {
  2023: { number: '国办发明电〔2022〕16号', url: 'https://www.gov.cn/zhengce/content/2022-12/08/content_5730844.htm' },
  2024: { number: '国办发明电〔2023〕7号', url: 'https://www.gov.cn/zhengce/content/202310/content_6911527.htm' },
  2025: { number: '国办发明电〔2024〕12号', url: 'https://www.gov.cn/zhengce/content/202411/content_6986382.htm' },
  2026: { number: '国办发明电〔2025〕7号', url: 'https://www.gov.cn/zhengce/content/202511/content_7047090.htm' },
}

/** The calendar as it goes to the file: one row per year that has a notice in the table above. */
export function makeCalendar(): object {
  const years = Object.entries(NOTICES).map(([year, notice]) => [year, yearRow(Number(year), notice)])
  return {
    name: '国务院办公厅部分节假日安排',
    source: `State Council notices, read through the npm package ${libraryVersion()}`,
    years: Object.fromEntries(years),
  }
}

function yearRow(year: number, notice: { number: string; url: string }): object {
  const days = daysOf(year)
  return {
    source: `国务院办公厅关于${year}年部分节假日安排的通知（${notice.number}） ${notice.url}`,
    confidence: 'M',
    via: libraryVersion(),
    off: days.filter((day) => isNamed(day) && chineseDays.isHoliday(day)),
    work: days.filter((day) => weekday(day) > 5 && chineseDays.isWorkday(day)),
  }
}

// The library names a day of a notice `English,中文,days`; an ordinary day bears its weekday's name.
function isNamed(day: Day): boolean {
  return chineseDays.getDayDetail(day).name.includes(',')
}

function daysOf(year: number): Day[] {
  const days: Day[] = []
  for (let day = toDay(`${year}-01-01`); day.startsWith(String(year)); day = addDays(day, 1)) days.push(day)
  return days
}

function libraryVersion(): string {
  const path = createRequire(import.meta.url).resolve('chinese-days/package.json')
  const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string }
  return `${name} ${version}`
}

if (import.meta.main) {
  const path = new URL('../data/calendar/state-council.json', import.meta.url)
  // One line per list keeps a year's change readable in a review.
  const text = JSON.stringify(makeCalendar(), null, 2).replace(
    /\[\s+([^\]]*?)\s+\]/g,
    (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`,
  )
  writeFileSync(path, `${text}\n`)
}
