import {
  ANSWERS,
  CATEGORIES,
  COLOURS,
  DUTIES,
  EVIDENCE_KINDS,
  FINDINGS,
  FLAGS,
  PATHS,
  POLLUTION,
  QINLING,
  SCOPES,
  SEVERITIES,
  SOURCE_TYPES,
  STATES,
  THINGS,
} from '../../../src/cases/rules/codes.ts'
import {
  ANSWER_LABELS,
  CATEGORY_LABELS,
  COLOUR_LABELS,
  DUTY_LABELS,
  EVIDENCE_LABELS,
  FINDING_LABELS,
  FLAG_LABELS,
  PATH_LABELS,
  POLLUTION_LABELS,
  QINLING_LABELS,
  SCOPE_LABELS,
  SEVERITY_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
  THING_LABELS,
} from '../../../src/cases/rules/labels.ts'
import type { Label } from '../../../src/people/rules/actor.ts'
import type { Language } from '../../shell/language.tsx'

const LISTS = {
  answer: list(ANSWERS, ANSWER_LABELS),
  category: list(CATEGORIES, CATEGORY_LABELS),
  colour: list(COLOURS, COLOUR_LABELS),
  duty: list(DUTIES, DUTY_LABELS),
  evidenceKind: list(EVIDENCE_KINDS, EVIDENCE_LABELS),
  finding: list(FINDINGS, FINDING_LABELS),
  flag: list(FLAGS, FLAG_LABELS),
  path: list(PATHS, PATH_LABELS),
  pollution: list(POLLUTION, POLLUTION_LABELS),
  qinling: list(QINLING, QINLING_LABELS),
  scope: list(SCOPES, SCOPE_LABELS),
  severity: list(SEVERITIES, SEVERITY_LABELS),
  source: list(SOURCE_TYPES, SOURCE_LABELS),
  state: list(STATES, STATE_LABELS),
  thing: list(THINGS, THING_LABELS),
}

export type ClosedList = keyof typeof LISTS
export type Option = { value: string; label: string }

/** The codes of a closed list with their names, for a choice. */
export function optionsOf(name: ClosedList, language: Language): Option[] {
  return LISTS[name].map(([value, label]) => ({ value, label: label[language] }))
}

/** The name of a code; a code that the list does not have names itself. */
export function nameOf(name: ClosedList, code: string | undefined, language: Language): string {
  return LISTS[name].find(([value]) => value === code)?.[1][language] ?? code ?? ''
}

function list<C extends string>(codes: readonly C[], labels: Readonly<Record<C, Label>>): [string, Label][] {
  return codes.map((code) => [code, labels[code]])
}
