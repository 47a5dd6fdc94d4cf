/** The steps of the ladder (督办阶梯), lowest first. */
export const KINDS = ['reminder', 'supervision', 'listed', 'circular', 'interview', 'referral'] as const
export type Kind = (typeof KINDS)[number]

/** Where an item of supervision stands. */
export const ITEM_STATES = [
  'draft',
  'reviewed',
  'signed',
  'sent',
  'answered',
  'accepted',
  'not_accepted',
  'lifted',
  'withdrawn',
] as const
export type ItemState = (typeof ITEM_STATES)[number]

/** What can be done to an item; `draft` begins one. */
export const ITEM_MOVES = [
  'draft',
  'revise',
  'review',
  'send_back',
  'sign',
  'send',
  'answer',
  'accept',
  'reject',
  'lift',
  'withdraw',
] as const
export type ItemMove = (typeof ITEM_MOVES)[number]

/** Why a rule drafts an item; `hand` is a person's own ground. */
export const TRIGGERS = ['yellow', 'red', 'yellow_months', 'red_months', 'unanswered', 'not_accepted', 'hand'] as const
export type Trigger = (typeof TRIGGERS)[number]

const ENDED: readonly ItemState[] = ['lifted', 'withdrawn']
const UNSENT: readonly ItemState[] = ['draft', 'reviewed', 'signed', 'withdrawn']

/** Whether nothing more happens to it: only then may another item of its kind be drafted for the same case. */
export const isOver = (state: ItemState): boolean => ENDED.includes(state)

/** Whether it has left the office: from then on nothing is undone. */
export const hasLeftOffice = (state: ItemState): boolean => !UNSENT.includes(state)

/** How high a step stands on the ladder, from 0. */
export const rankOf = (kind: Kind): number => KINDS.indexOf(kind)

/** The step above, if there is one. */
export const nextKind = (kind: Kind): Kind | undefined => KINDS[rankOf(kind) + 1]
