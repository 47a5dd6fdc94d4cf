import { dayWords } from '../../../base/paper/rules/geometry.ts'
import type { Area } from '../../../places/rules/area.ts'
import type { DutyKind } from '../../rules/codes.ts'
import { CATEGORY_LABELS, SECRECY_LABELS, SEVERITY_LABELS, SOURCE_LABELS } from '../../rules/labels.ts'
import type { CaseDetail } from '../../rules/wire.ts'

/** What letters say of any case. It is made of what its page may show, so nobody who reported can stand in it (Code art. 146). */
export function caseWords(c: CaseDetail, areas: readonly Area[]) {
  const { place, plan, batch, originalNo, originalText, planDocNo, title, no } = c
  return {
    ...{ no, title, originalText, originalNo: originalNo ?? '', batch: batch ?? '', planDocNo: plan?.docNo ?? planDocNo ?? '' },
    source: SOURCE_LABELS[c.source].zh,
    category: c.category ? CATEGORY_LABELS[c.category].zh : '',
    severity: SEVERITY_LABELS[c.severity].zh,
    region: areaName(place.region, areas),
    place: placeWords(c, areas),
    responsible: unitsOf(c, 'responsible'),
    lead: unitsOf(c, 'lead'),
    supporting: unitsOf(c, 'supporting'),
    supervising: unitsOf(c, 'supervising'),
    acceptanceUnit: unitsOf(c, 'acceptance') || (plan?.acceptanceUnitName ?? ''),
    leader: leaderWords(c),
    ...{
      goal: plan?.goal ?? '',
      measures: measuresOf(c),
      term: termOf(c),
      due: dayOrNone(c.due),
      assignedOn: dayOrNone(c.assigned?.on),
    },
  }
}

/** The mark that a letter about a case of this label carries; none for what is public or internal. */
export function secrecyMark(secrecy: CaseDetail['secrecy']): string {
  return secrecy === 3 ? SECRECY_LABELS.sealed.zh : secrecy === 2 ? SECRECY_LABELS.restricted.zh : ''
}

/** 2026年11月24日, or nothing where there is no day. */
export const dayOrNone = (day: string | undefined): string => (day ? dayWords(day) : '')

/** The term in the words it was given, or its last day. */
export const termOf = (c: Pick<CaseDetail, 'term' | 'due' | 'plan'>): string =>
  c.plan?.term.words || c.term?.words || dayOrNone(c.due)

/** The measures of the plan, numbered where there are several. */
export function measuresOf({ plan }: Pick<CaseDetail, 'plan'>): string {
  return numbered((plan?.measures ?? []).map(({ text }) => text))
}

/** Texts one a line, numbered where there are several and they are not numbered already. */
export function numbered(texts: readonly string[]): string {
  return texts.map((text, at) => (texts.length > 1 ? `${at + 1}.${text.replace(/^\d+[.．、]\s*/, '')}` : text)).join('\n')
}

/** The organisations bound to a case in these duties, each once. */
export function unitsOf({ duties }: Pick<CaseDetail, 'duties'>, ...kinds: DutyKind[]): string {
  return [...new Set(duties.filter(({ as }) => kinds.includes(as)).map(({ orgName }) => orgName))].join('、')
}

/** The name of a division, or its code where the list does not have it. */
export const areaName = (code: string, areas: readonly Area[]): string => areas.find((area) => area.code === code)?.name ?? code

/** County, town, village and address, as far as they are known. */
export function placeWords({ place }: Pick<CaseDetail, 'place'>, areas: readonly Area[]): string {
  const { region, town, village, address = '' } = place
  const names = [region, town, village].flatMap((code) => (code ? [areaName(code, areas)] : []))
  const known = names.filter((name) => !address.includes(name)).join('')
  return `${known}${address}`
}

/** What was done, in the unit's own words: its self-check, or the last thing it reported. */
export function resultOf(c: Pick<CaseDetail, 'checks' | 'progress'>): string {
  return c.checks.self?.conclusion || c.progress.at(-1)?.text || ''
}

function leaderWords({ leader }: Pick<CaseDetail, 'leader'>): string {
  return leader ? `${leader.name}${leader.title ? `（${leader.title}）` : ''}` : ''
}
