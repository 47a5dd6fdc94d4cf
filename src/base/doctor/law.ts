import type { Law } from '../rules/law.ts'
import { isUnverified } from '../rules/source.ts'
import { type Finding, finding } from './finding.ts'

/** Whether working days can be counted this year and next, and how many rules nobody has confirmed. */
export function checkLaw(law: Law, now: Date): Finding[] {
  const year = Number(new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 4))
  const missing = [year, year + 1].filter((y) => !(y in law.calendar.years))
  const level = missing.includes(year) ? 'bad' : missing.length > 0 ? 'warn' : 'ok'
  const calendar = finding('calendar', level, {
    found:
      missing.length > 0
        ? { zh: '工作日历缺 {missing} 年', en: 'the calendar of working days has no {missing}' }
        : { zh: '工作日历有 {year} 年与下一年', en: 'the calendar of working days has {year} and the year after' },
    advice: {
      zh: '跨入该年的期限算不出：国务院通知发布后运行 tools/make-calendar.ts',
      en: 'terms that reach into it cannot be counted: run tools/make-calendar.ts when the notice is out',
    },
    params: { missing: missing.join(', '), year },
  })
  const n = law.rules.filter(isUnverified).length
  const rules = finding('rules', n > 0 ? 'warn' : 'ok', {
    found: { zh: '{all} 条规则中 {n} 条未核实', en: '{n} of {all} rules are not verified' },
    advice: { zh: '请核对原文并确认', en: 'have them read in the instrument and confirmed (`/api/rules` says which)' },
    params: { n, all: law.rules.length },
  })
  return [calendar, rules]
}
