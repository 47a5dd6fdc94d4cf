import { ALSO_KNOWN } from './also-known.ts'
import type { Area } from './area.ts'

const TOWN_FORMS = ['街道', '街道办', '街道办事处', '街办', '办事处', '镇']

/** What running text calls a county or zone: its name, the name without 区 or 县 where two characters remain, former and spoken names. */
export function spokenNames(area: Area): string[] {
  return [area.name, ...shortName(area), ...otherNames(area, ['spoken', 'former'])]
}

/** What a table cell calls a county or zone: the spoken names and those too short for running text. */
export function cellNames(area: Area): string[] {
  return [...spokenNames(area), ...otherNames(area, ['cell'])]
}

/** What a town is called: its name; a 街道 also by its office, and as the 镇 it often was before. */
export function townNames(area: Area): string[] {
  if (!area.name.endsWith('街道')) return [area.name]
  const stem = area.name.slice(0, -2)
  return TOWN_FORMS.map((form) => stem + form)
}

function shortName(area: Area): string[] {
  const stem = area.name.slice(0, -1)
  return area.level === 'county' && /[区县]$/.test(area.name) && stem.length >= 2 ? [stem] : []
}

function otherNames(area: Area, kinds: readonly string[]): string[] {
  return ALSO_KNOWN.filter((other) => other.code === area.code && kinds.includes(other.kind)).map((other) => other.name)
}
