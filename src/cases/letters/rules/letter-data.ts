import type { Data } from '../../../base/paper/rules/placeholders.ts'
import type { Area } from '../../../places/rules/area.ts'
import { STANDARDS } from '../../rules/codes.ts'
import { ANSWER_LABELS, STANDARD_LABELS } from '../../rules/labels.ts'
import type { CaseDetail } from '../../rules/wire.ts'
import { caseWords, dayOrNone, resultOf } from './case-words.ts'
import type { LetterKind } from './kinds.ts'
import { closureRow } from './list-rows.ts'

/** What a letter of a kind says of a case, by the placeholders of its template. */
export function letterData(kind: LetterKind, c: CaseDetail, areas: readonly Area[]): Data {
  return MAKERS[kind](c, areas)
}

const MAKERS: Readonly<Record<LetterKind, (c: CaseDetail, areas: readonly Area[]) => Data>> = {
  assignment: (c, areas) => ({ ...caseWords(c, areas), requirements: requirements(c) }),
  acceptance: (c, areas) => ({ ...caseWords(c, areas), ...checkWords(c) }),
  closure_notice: (c) => ({
    ...{ from: dayOrNone(c.notice?.from), lastDay: dayOrNone(c.notice?.lastDay), planDocNo: c.plan?.docNo ?? c.planDocNo ?? '' },
    ...(c.notice?.phone ? { phone: c.notice.phone } : {}),
    rows: [closureRow(c, 1)],
  }),
}

function requirements({ due }: CaseDetail): string {
  return due
    ? `请于${dayOrNone(due)}前完成整改，按要求报送进展，整改完成后自查并申请验收。`
    : '请落实整改责任，长期坚持，按要求报送进展。'
}

function checkWords({ checks, progress }: CaseDetail) {
  const { self, county, city } = checks
  const final = city ?? county
  return {
    result: resultOf({ checks, progress }),
    ...{ selfConclusion: self?.conclusion ?? '', selfOn: dayOrNone(self?.on) },
    ...{ countyConclusion: county?.conclusion ?? '', countyOn: dayOrNone(county?.on) },
    ...{ cityConclusion: final?.conclusion ?? '', cityOn: dayOrNone(final?.on), opinionNo: final?.opinionNo ?? '' },
    ...{ onSiteDay: dayOrNone(final?.onSite?.day), onSitePeople: (final?.onSite?.people ?? []).join('、') },
    standards: STANDARDS.flatMap((standard) => {
      const found = final?.standards?.[standard]
      return found
        ? [{ standard: STANDARD_LABELS[standard].zh, answer: ANSWER_LABELS[found.answer].zh, remark: found.note ?? '' }]
        : []
    }),
  }
}
