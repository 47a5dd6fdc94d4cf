import type { TemplateKind } from '../../../admin/templates/rules/kinds.ts'

/** Letters that are made of one case, and lists that are made of many. */
export const LETTER_KINDS = ['assignment', 'acceptance', 'closure_notice'] as const satisfies readonly TemplateKind[]
export type LetterKind = (typeof LETTER_KINDS)[number]

export const LIST_KINDS = ['problem_list', 'closure_list', 'petition_list'] as const satisfies readonly TemplateKind[]
export type ListKind = (typeof LIST_KINDS)[number]
