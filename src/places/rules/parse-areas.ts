import { CsvError, parse } from 'csv-parse/sync'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type Area, LEVELS, type Level, label, type ZoneMember } from './area.ts'

type Row = { readonly line: number; readonly cells: Readonly<Record<string, string>> }
type Line = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

// Letters keep a zone's code apart from the national ones, which are digits.
const CODE: Record<Level, RegExp> = {
  city: /^\d{4}00$/,
  county: /^\d{6}$/,
  zone: /^\d{4}[A-Z]\d$/,
  township: /^\d{9}$/,
  village: /^\d{12}$/,
}
const PARENT: Record<Level, Level | undefined> = {
  city: undefined,
  county: 'city',
  zone: 'city',
  township: 'county',
  village: 'township',
}

/** `areas.csv` (code,name,level,parent) as areas in file order; refuses the first bad line, with its number and what stands there. */
export function parseAreas(csv: string): Area[] | Refusal {
  const rows = readCsv(csv, ['code', 'name', 'level', 'parent'])
  if (isRefusal(rows)) return rows
  const areas: Area[] = []
  for (const row of rows) {
    const area = toArea(row)
    if (isRefusal(area)) return area
    areas.push(area)
  }
  const lines = rows.map((row) => row.line)
  return checkTogether(areas, lines) ?? areas
}

/** `zone-members.csv` (zone,area) as it stands, blank rows refused; whether the codes exist is for `closureOf` to say. */
export function parseZoneMembers(csv: string): ZoneMember[] | Refusal {
  const rows = readCsv(csv, ['zone', 'area'])
  if (isRefusal(rows)) return rows
  const blank = rows.find(({ cells }) => !cells['zone'] || !cells['area'])
  if (blank) return refuse('invalid', 'places/zone-member-blank', { line: blank.line })
  return rows.map(({ cells }) => ({ zone: cells['zone']!, area: cells['area']! }))
}

function readCsv(csv: string, columns: readonly string[]): Row[] | Refusal {
  const lines = readLines(csv)
  if (isRefusal(lines)) return lines
  const found = (lines[0]?.record ?? []).join(',')
  if (found !== columns.join(',')) return refuse('invalid', 'places/csv-header', { found, expected: columns.join(',') })
  return lines.slice(1).map(({ record, info }) => {
    const cells = Object.fromEntries(columns.map((column, at) => [column, record[at] ?? '']))
    return { line: info.lines, cells }
  })
}

function readLines(csv: string): Line[] | Refusal {
  try {
    return parse(csv, { bom: true, trim: true, skip_empty_lines: true, info: true }) as unknown as Line[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refuse('invalid', 'places/csv-unreadable', { line: Number(error['lines'] ?? 0), found: error.message })
  }
}

function toArea({ line, cells }: Row): Area | Refusal {
  const { code, name, level, parent } = cells as { code: string; name: string; level: string; parent: string }
  if (!isLevel(level)) return refuse('invalid', 'places/area-level', { line, found: level, expected: LEVELS.join(', ') })
  if (!CODE[level].test(code)) return refuse('invalid', 'places/area-code', { line, found: code, level })
  if (name === '') return refuse('invalid', 'places/area-name-blank', { line, code })
  if ((level === 'city') !== (parent === '')) return refuse('invalid', 'places/area-parent', { line, code, found: parent, level })
  return { code, name, level, parent: parent === '' ? null : parent }
}

function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text)
}

function checkTogether(areas: readonly Area[], lines: readonly number[]): Refusal | undefined {
  const byCode = new Map<string, Area>()
  for (const [index, area] of areas.entries()) {
    const twin = byCode.get(area.code)
    if (twin) return refuse('invalid', 'places/area-twice', { line: lines[index]!, area: label(area), other: label(twin) })
    byCode.set(area.code, area)
  }
  return areas.map((area, index) => checkParent(area, byCode, lines[index]!)).find((answer) => answer !== undefined)
}

function checkParent(area: Area, byCode: ReadonlyMap<string, Area>, line: number): Refusal | undefined {
  if (area.parent === null) return undefined
  const parent = byCode.get(area.parent)
  if (!parent) return refuse('invalid', 'places/unknown-parent', { area: label(area), parent: area.parent })
  const expected = PARENT[area.level]!
  if (parent.level === expected) return undefined
  return refuse('invalid', 'places/area-parent-level', { line, area: label(area), parent: label(parent), expected })
}
