import type { ActOf } from '../../../src/cases/rules/act.ts'
import type { Move, RecordAct } from '../../../src/cases/rules/codes.ts'
import type { zhFields } from '../../shell/catalogue/zh-fields.ts'
import type { ClosedList } from './closed-lists.ts'

export type FieldName = keyof (typeof zhFields)['fields']
export type HintName = keyof (typeof zhFields)['hints']
export type WordName = { [W in keyof Words]: Words[W] extends string ? W : never }[keyof Words]
type Words = (typeof zhFields)['words']

/** What a field is filled in with; each speaks the value of the act, so that a filled form is the act. */
export type Widget =
  | 'text'
  | 'paragraph'
  | 'longText'
  | 'day'
  | 'count'
  | 'percent'
  | 'check'
  | 'code'
  | 'codes'
  | 'radio'
  | 'yesNo'
  | 'colour'
  | 'secrecy'
  | 'result'
  | 'org'
  | 'leader'
  | 'approver'
  | 'otherCase'
  | 'term'
  | 'duties'
  | 'claims'
  | 'measures'
  | 'standards'
  | 'onSite'
  | 'point'
  | 'measuresDone'
  | 'milestonesDone'
  | 'explained'
  | 'spentFen'
  | 'findings'

export type Field = {
  name: string
  widget: Widget
  label: FieldName
  required?: true
  hint?: HintName
  list?: ClosedList
  words?: readonly [yes: WordName, no: WordName]
}

/** What waits for a second person changes the question. */
export type Asked = { pending?: 'unfounded' | 'colour' | undefined }

/** The moves that staff make on an open case; a report has a page of its own, an objection comes through the API. */
export type FormMove = Exclude<Move | RecordAct, 'report' | 'object' | 'add_evidence' | 'import' | 'undo'>

/** The fields of the form of a move, as the case now stands. */
export function fieldsOf(move: FormMove, asked: Asked = {}): readonly Field[] {
  if (move === 'mark_unfounded' && asked.pending === 'unfounded') return [CONFIRM]
  if (move === 'override_colour' && asked.pending === 'colour') return [CONFIRM]
  return MOVE_FORMS[move]
}

/** Whether a move has a form here. */
export function hasForm(move: string): move is FormMove {
  return move in MOVE_FORMS
}

const CONFIRM: Field = { name: 'confirm', widget: 'yesNo', label: 'confirm', required: true, words: ['confirmYes', 'confirmNo'] }
const REASON = required('reason', 'paragraph')
const CONCLUSION = required('conclusion', 'longText')
const STANDARDS: Named<'standards'> = { ...required('standards', 'standards'), hint: 'standards' }
const APPROVED_BY: Named<'approvedBy'> = { ...optional('approvedBy', 'approver'), hint: 'approvedBy' }
const POINT: Named<'point'> = { ...optional('point', 'point'), hint: 'point' }
const ACCEPTANCE = [required('onSite', 'onSite'), STANDARDS, CONCLUSION, optional('opinionNo', 'text')] as const
const REJECTION = [REASON, optional('falseEvidence', 'check')] as const

const MOVE_FORMS: { [M in FormMove]: readonly Named<KeysOf<ActOf<M>>>[] } = {
  triage: [
    optional('title', 'text'),
    { ...required('category', 'code'), list: 'category' },
    { ...required('pollution', 'codes'), list: 'pollution' },
    { ...required('thing', 'radio'), list: 'thing' },
    { ...required('severity', 'radio'), list: 'severity' },
    { ...optional('qinling', 'code'), list: 'qinling' },
    { ...optional('claims', 'claims'), hint: 'claims' },
    optional('address', 'text'),
    POINT,
    optional('enterprise', 'text'),
    optional('secrecy', 'secrecy'),
    optional('common', 'check'),
  ],
  decline: [REASON],
  merge: [{ ...required('into', 'otherCase'), hint: 'into' }, REASON],
  assign: [
    { ...required('duties', 'duties'), hint: 'duties' },
    { ...required('leader', 'leader'), hint: 'leader' },
    { ...required('term', 'term'), hint: 'term' },
    optional('contact', 'text'),
    optional('planDocNo', 'text'),
    optional('note', 'paragraph'),
  ],
  sign: [optional('contact', 'text')],
  return: [REASON, required('basis', 'paragraph'), optional('suggested', 'text')],
  arbitrate: [{ ...required('uphold', 'yesNo'), words: ['upholdYes', 'upholdNo'] }, REASON],
  plan: [
    required('goal', 'longText'),
    required('implementer', 'org'),
    { ...required('term', 'term'), hint: 'term' },
    required('acceptanceUnit', 'org'),
    { ...required('measures', 'measures'), hint: 'measures' },
    { ...optional('docNo', 'text'), label: 'planDocNo' },
  ],
  approve_plan: [optional('note', 'paragraph')],
  reject_plan: [REASON],
  progress: [
    required('text', 'longText'),
    optional('percent', 'percent'),
    optional('measuresDone', 'measuresDone'),
    optional('milestonesDone', 'milestonesDone'),
    optional('findings', 'findings'),
    optional('spentFen', 'spentFen'),
    optional('explained', 'explained'),
  ],
  request_extension: [required('toDay', 'day'), REASON, required('progress', 'longText'), required('newPlan', 'longText')],
  decide_extension: [{ ...required('grant', 'yesNo'), words: ['grantYes', 'grantNo'] }, REASON, APPROVED_BY],
  suspend: [REASON, required('basis', 'paragraph'), { ...APPROVED_BY, required: true }],
  resume: [REASON],
  self_check: [STANDARDS, CONCLUSION],
  county_accept: ACCEPTANCE,
  county_reject: REJECTION,
  city_accept: ACCEPTANCE,
  city_reject: REJECTION,
  publicise: [
    required('channel', 'text'),
    required('phone', 'text'),
    optional('url', 'text'),
    { ...optional('from', 'day'), hint: 'from' },
  ],
  resolve_objection: [{ ...required('upheld', 'yesNo'), words: ['upheldYes', 'upheldNo'] }, required('finding', 'longText')],
  file: [required('docNo', 'text'), required('filedWith', 'text')],
  close: [optional('note', 'paragraph')],
  recheck: [required('result', 'result'), required('finding', 'longText')],
  reopen: [REASON],
  transfer: [required('to', 'text'), required('docNo', 'text'), REASON],
  mark_unfounded: [REASON],
  infer: [
    required('pattern', 'longText'),
    { ...required('scope', 'radio'), list: 'scope' },
    required('checked', 'count'),
    required('found', 'count'),
    optional('ruleMade', 'paragraph'),
  ],
  override_colour: [required('colour', 'colour'), REASON],
  flag: [
    { ...required('flagKind', 'radio'), name: 'kind', list: 'flag' },
    REASON,
    { ...optional('source', 'text'), label: 'sourceWords' },
  ],
  remind: [required('text', 'paragraph'), optional('answerBy', 'day')],
  acknowledge: [optional('text', 'paragraph')],
}

type Named<N extends string> = Field & { name: N }
type KeysOf<A> = A extends { move: string } ? Extract<Exclude<keyof A, 'move'>, string> : never

function required<N extends FieldName>(name: N, widget: Widget): Named<N> {
  return { name, widget, label: name, required: true }
}

function optional<N extends FieldName>(name: N, widget: Widget): Named<N> {
  return { name, widget, label: name }
}
