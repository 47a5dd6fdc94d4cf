import { PAPER_TEXTS } from '../../base/paper/rules/texts.ts'
import { defineProblems, Problem } from '../../base/problem.ts'
import type { Refusal } from '../../base/rules/refusal.ts'

export const problem = defineProblems('admin', {
  'same-person': {
    status: 403,
    zh: '样式由另一人核定：这一版是您自己保存的',
    en: 'Another person confirms a specimen: you saved this version yourself',
  },
  'already-confirmed': { status: 409, zh: '这一版已经核定', en: 'This version is confirmed already' },
  'already-default': { status: 409, zh: '现在用的就是默认文本', en: 'The default text is in use already' },
})

/** What is wrong with a template, as the Problem that leaves. */
export function templateFault(refusal: Refusal): Problem {
  const text = PAPER_TEXTS[refusal.code] ?? { zh: refusal.code, en: refusal.code }
  return new Problem(refusal.code, { status: 422, ...text }, refusal.params)
}
