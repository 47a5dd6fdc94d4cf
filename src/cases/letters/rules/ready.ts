import { SECRECY } from '../../rules/codes.ts'
import type { CaseDetail } from '../../rules/wire.ts'
import type { LetterKind } from './kinds.ts'

type Text = { readonly zh: string; readonly en: string }

/** Why a letter cannot be made of the case yet; undefined when it can. */
export function whyNotYet(kind: LetterKind, c: CaseDetail): Text | undefined {
  return CHECKS[kind](c)
}

const CHECKS: Readonly<Record<LetterKind, (c: CaseDetail) => Text | undefined>> = {
  assignment: (c) => (c.assigned ? undefined : { zh: '问题尚未交办', en: 'the case is not assigned' }),
  acceptance: (c) => (c.checks.city || c.checks.county ? undefined : { zh: '问题尚未验收', en: 'the case is not accepted' }),
  closure_notice: (c) => {
    if (c.secrecy !== SECRECY.public) return { zh: '问题不是“可公开”', en: 'the case may not be published' }
    return c.notice?.kind === 'notice' ? undefined : { zh: '问题尚未公示', en: 'the case is not on notice' }
  },
}
