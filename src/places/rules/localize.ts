import { TRAPS } from './also-known.ts'
import type { Area } from './area.ts'
import { spokenNames, townNames } from './names.ts'

/** A county, zone or town named in a text, with the UTF-16 offsets of the words that name it. */
export type Mention = { readonly area: Area; readonly start: number; readonly end: number }

type Words = ReadonlyMap<string, readonly Area[]>
type Task = { readonly words: Words; readonly longest: number; readonly text: string }
type Span = { readonly start: number; readonly end: number; readonly areas: readonly Area[] }

/**
 * The counties, zones and towns a sentence names, in its order, the longest name first. A town is taken within the county it
 * follows, else within another county of the sentence, else when only one town of the city bears the name; doubt gives nothing.
 */
export function localize(areas: readonly Area[], text: string): Mention[] {
  return localizer(areas)(text)
}

/** `localize` for many texts: the dictionary of names is built once. */
export function localizer(areas: readonly Area[]): (text: string) => Mention[] {
  const words = wordsOf(areas)
  const longest = Math.max(...[...words.keys()].map((word) => word.length))
  return (text) => mentionsIn(scan({ words, longest, text }))
}

function mentionsIn(spans: readonly Span[]): Mention[] {
  const counties = spans.filter((span) => span.areas[0]?.level === 'county')
  return spans.flatMap((span) => {
    const area = decide(span, counties)
    return area ? [{ area, start: span.start, end: span.end }] : []
  })
}

function wordsOf(areas: readonly Area[]): Words {
  const words = new Map<string, Area[]>(TRAPS.map((trap) => [trap, []]))
  for (const area of areas) {
    for (const name of namesOf(area)) {
      const same = words.get(name)
      if (same) same.push(area)
      else words.set(name, [area])
    }
  }
  return words
}

function namesOf(area: Area): string[] {
  if (area.level === 'township') return townNames(area)
  return area.level === 'county' || area.level === 'zone' ? spokenNames(area) : []
}

// Left to right, the longest word at each place; a trap is a word without areas and takes its characters away.
function scan(task: Task): Span[] {
  const spans: Span[] = []
  for (let start = 0; start < task.text.length; ) {
    const end = wordEnd(task, start)
    if (end) spans.push({ start, end, areas: task.words.get(task.text.slice(start, end))! })
    start = end ?? start + 1
  }
  return spans
}

function wordEnd({ words, longest, text }: Task, start: number): number | undefined {
  for (let end = Math.min(text.length, start + longest); end > start; end--) {
    if (words.has(text.slice(start, end))) return end
  }
  return undefined
}

function decide(span: Span, counties: readonly Span[]): Area | undefined {
  const level = span.areas[0]?.level
  const before = counties.find((county) => county.end === span.start)
  // 城固县经开区 is the county's own park, not the city's zone.
  if (level === 'zone') return before ? undefined : span.areas[0]
  return level === 'township' ? chooseTown(span, counties, before) : span.areas[0]
}

function chooseTown(span: Span, counties: readonly Span[], before: Span | undefined): Area | undefined {
  if (before) return townOf(span, before)
  const earlier = counties.filter((county) => county.end < span.start).reverse()
  const later = counties.filter((county) => county.start > span.start)
  const within = [...earlier, ...later].map((county) => townOf(span, county)).find((town) => town !== undefined)
  return within ?? (span.areas.length === 1 ? span.areas[0] : undefined)
}

function townOf(span: Span, county: Span): Area | undefined {
  return span.areas.find((town) => town.parent === county.areas[0]!.code)
}
