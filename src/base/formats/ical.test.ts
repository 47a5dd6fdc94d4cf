import { describe, expect, it } from 'vitest'
import { toDay } from '../rules/day.ts'
import { calendarText } from './ical.ts'

const EVENT = {
  ...{ uid: 'a-case@qinba', revision: 3, day: toDay('2026-12-31'), url: 'http://x/cases/a', remind: 3 },
  ...{ title: `砂场，扬尘; a,b\\c ${'长'.repeat(60)}`, text: '第一行\n第二行\r\n第三行\u0007' },
}
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('iCalendar', () => {
  const text = calendarText({ name: '期限', now: new Date('2026-03-10T02:03:04.567Z'), events: [EVENT] })

  it('has lines of at most 75 bytes, ended by CR LF, no character cut in two', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(lines.filter((line) => line.startsWith(' ')).length).toBeGreaterThan(2)
    expect(text).not.toContain('\ufffd')
  })

  it('says a whole day with a reminder, its text escaped', () => {
    const lines = unfolded(text)
    expect(lines).toContain('DTSTART;VALUE=DATE:20261231')
    expect(lines).toContain('DTEND;VALUE=DATE:20270101')
    expect(lines).toContain('DTSTAMP:20260310T020304Z')
    expect(lines).toContain('TRIGGER:-P3D')
    expect(lines).toContain(`SUMMARY:砂场，扬尘\\; a\\,b\\\\c ${'长'.repeat(60)}`)
    expect(lines).toContain('DESCRIPTION:第一行\\n第二行\\n第三行 ')
  })
})
