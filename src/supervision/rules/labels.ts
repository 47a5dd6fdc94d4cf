import type { Label } from '../../people/rules/actor.ts'
import type { ItemMove, ItemState, Kind, Trigger } from './codes.ts'

/** Names of the steps, as they stand at the head of a letter. */
export const KIND_LABELS: Readonly<Record<Kind, Label>> = {
  reminder: { zh: '提醒函', en: 'Reminder' },
  supervision: { zh: '督办函', en: 'Supervision letter' },
  listed: { zh: '挂牌督办', en: 'Listed supervision' },
  circular: { zh: '通报', en: 'Circular' },
  interview: { zh: '约谈', en: 'Interview' },
  referral: { zh: '移送问责', en: 'Referral for accountability' },
}

/** Names of the states of an item. */
export const ITEM_STATE_LABELS: Readonly<Record<ItemState, Label>> = {
  draft: { zh: '草稿', en: 'Draft' },
  reviewed: { zh: '已审核', en: 'Reviewed' },
  signed: { zh: '已签发', en: 'Signed' },
  sent: { zh: '已发出', en: 'Sent' },
  answered: { zh: '已回复', en: 'Answered' },
  accepted: { zh: '回复认可', en: 'Answer accepted' },
  not_accepted: { zh: '回复不认可', en: 'Answer not accepted' },
  lifted: { zh: '已解除', en: 'Lifted' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

/** Names of what can be done to an item. */
export const ITEM_MOVE_LABELS: Readonly<Record<ItemMove, Label>> = {
  draft: { zh: '拟稿', en: 'Draft' },
  revise: { zh: '修改', en: 'Revise' },
  review: { zh: '审核', en: 'Review' },
  send_back: { zh: '退回修改', en: 'Send back' },
  sign: { zh: '签发', en: 'Sign' },
  send: { zh: '发出', en: 'Send' },
  answer: { zh: '回复', en: 'Answer' },
  accept: { zh: '认可回复', en: 'Accept the answer' },
  reject: { zh: '不认可回复', en: 'Reject the answer' },
  lift: { zh: '解除', en: 'Lift' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
}

/** Why an item was drafted. */
export const TRIGGER_LABELS: Readonly<Record<Trigger, Label>> = {
  yellow: { zh: '亮黄灯', en: 'Yellow' },
  red: { zh: '亮红灯', en: 'Red' },
  yellow_months: { zh: '连续数月黄灯', en: 'Yellow for months' },
  red_months: { zh: '督办后仍连续数月红灯', en: 'Red for months after a letter' },
  unanswered: { zh: '逾期未回复', en: 'Not answered in time' },
  not_accepted: { zh: '回复未获认可', en: 'Answer not accepted' },
  hand: { zh: '人工拟稿', en: 'Drafted by hand' },
}
