import { createContext, useContext } from 'react'
import type { Claim, Measure } from '../../../../src/cases/rules/case.ts'

/** What a form needs to know of the case it is about; a new case has none of it. */
export type CaseAtHand = { id?: string; measures: readonly Measure[]; claims: readonly Claim[] }

export const CaseAtHandContext = createContext<CaseAtHand>({ measures: [], claims: [] })

export function useCaseAtHand(): CaseAtHand {
  return useContext(CaseAtHandContext)
}
