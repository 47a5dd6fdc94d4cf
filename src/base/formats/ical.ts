import type { Day } from '../rules/day.ts'

/** A day in a calendar: the same `uid` is the same day wherever it moves to, `revision` grows when it changes. */
export interface DayEvent {
  uid: string
  revision: number
  day: Day
  title: string
  text: string
  url: string
  /** Days before at which to be reminded. */
  remind: number
}

/** A calendar of whole days as iCalendar (RFC 5545). */
export function calendarText({ name, now, events }: { name: string; now: Date; events: readonly DayEvent[] }): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Qinba Guardian//Due days//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...[`X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
    ...events.flatMap((event) => eventLines(event, now)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ uid, revision, day, title, text, url, remind }: DayEvent, now: Date): string[] {
  return [
    ...['BEGIN:VEVENT', `UID:${escaped(uid)}`, `DTSTAMP:${stamp(now)}`, `SEQUENCE:${revision}`],
    ...[`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(after(day))}`, 'TRANSP:TRANSPARENT'],
    ...[`SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, `URL:${url}`],
    ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, `TRIGGER:-P${remind}D`, 'END:VALARM', 'END:VEVENT'],
  ]
}

const stamp = (now: Date) => now.toISOString().replace(/[-:]|\.\d+/g, '')
const compact = (day: string) => day.replaceAll('-', '')
const after = (day: Day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, ' ')
}

const MOST = 75

/** A line in pieces of at most 75 bytes, no character cut in two; each but the first begins with a blank. */
function folded(line: string): string {
  const pieces = ['']
  let bytes = 0
  for (const char of line) {
    const length = Buffer.byteLength(char)
    if (bytes + length > MOST) {
      pieces.push('')
      bytes = 1
    }
    pieces[pieces.length - 1] += char
    bytes += length
  }
  return pieces.join('\r\n ')
}
