/** Why a rule said no: `never` for this actor at all, `not-now` in this state, `invalid` what was given does not hold. */
export type RefusalKind = 'never' | 'not-now' | 'invalid'

/** Values that a text of a refusal or an explanation is filled with. */
export type Params = Readonly<Record<string, string | number>>

/** A rule's no, as data: the code finds the text, the params fill it. */
export type Refusal = { readonly refused: true; readonly code: string; readonly params: Params; readonly kind: RefusalKind }

/** A refusal of `kind` under `code` (`cases/not-your-case`), with the values its text needs. */
export function refuse(kind: RefusalKind, code: string, params: Params = {}): Refusal {
  return { refused: true, code, params, kind }
}

/** Whether a rule's answer is a refusal. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && (answer as { refused?: unknown }).refused === true
}
