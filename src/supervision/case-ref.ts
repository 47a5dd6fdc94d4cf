import type { Coloured } from '../cases/index.ts'
import type { Case } from '../cases/rules/case.ts'
import type { ColourWhy } from '../cases/rules/colours.ts'
import type { CaseRef } from './rules/item.ts'

/** What a letter says of a case, as it stands now. */
export function caseRefOf({ case: c, colour, colourWhy }: Coloured): CaseRef {
  const { id, no, title, due, leader, secrecy } = c
  return {
    ...{ id, no, title, secrecy, colour, region: c.place.region, why: colourWhy as ColourWhy[] },
    ...(due && { due }),
    ...(leader && { leader: { name: leader.name, title: leader.title } }),
  }
}

/** The unit that answers for a case: the first responsible one, else the lead. */
export function answering(duties: Case['duties']): Case['duties'][number] | undefined {
  return duties.find((d) => d.as === 'responsible') ?? duties.find((d) => d.as === 'lead')
}
