import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Role } from './actor.ts'

/** Who holds a post: the main holder (A 角) and the stand-in (B 角). The state of a post is the fold of its events. */
export type PostState = {
  version: number
  /** How often somebody was given the post: a holder slipped in without an event shows here. */
  held: number
  org: string
  title: string
  role: Role
  area: string
  main?: string
  standIn?: string
  closed?: true
}

export type PostEvent =
  | { type: 'post_created'; org: string; title: string; role: Role; area: string }
  | { type: 'post_given'; account: string; standIn: boolean }
  | { type: 'handed_over'; from: string; to: string; standIn: boolean; reason: string }
  | { type: 'post_left'; account: string; reason: string }
  | { type: 'post_closed'; reason: string }

/** The next state of a post; total, needs no law. */
export function evolvePost(before: PostState | undefined, event: PostEvent): PostState {
  if (event.type === 'post_created') {
    const { org, title, role, area } = event
    return { version: 1, held: 0, org, title, role, area }
  }
  if (!before) throw new Error(`${event.type} before post_created`)
  const given = event.type === 'post_given' || event.type === 'handed_over'
  const next = { ...before, version: before.version + 1, held: before.held + (given ? 1 : 0) }
  if (event.type === 'post_closed') return { ...next, closed: true }
  if (event.type === 'post_given') return event.standIn ? { ...next, standIn: event.account } : { ...next, main: event.account }
  if (event.type === 'handed_over') return event.standIn ? { ...next, standIn: event.to } : { ...next, main: event.to }
  const { main, standIn, ...rest } = next
  return {
    ...rest,
    ...(main && main !== event.account ? { main } : {}),
    ...(standIn && standIn !== event.account ? { standIn } : {}),
  }
}

const ADMINISTRATORS: readonly Role[] = ['sysadmin', 'secadmin', 'auditor']

/** 三员分立: nobody holds two of the three administrators' roles (等保三级 8.1.4.2). */
export function refuseTwoPowers(role: Role, held: readonly Role[]): Refusal | undefined {
  const other = ADMINISTRATORS.includes(role) ? held.find((r) => ADMINISTRATORS.includes(r) && r !== role) : undefined
  return other ? refuse('invalid', 'people/three-powers', { role, other }) : undefined
}

/** Giving a post: free in that capacity, and A and B are two people. */
export function decideGive(post: PostState, o: { account: string; standIn: boolean }): PostEvent | Refusal {
  if (o.standIn ? post.standIn : post.main) return refuse('not-now', 'people/post-held')
  if ((o.standIn ? post.main : post.standIn) === o.account) return refuse('invalid', 'people/same-person')
  return { type: 'post_given', ...o }
}

/** 移交: the giver holds it, the taker is another person and not the other角. The trail of who held it stays (终身问责). */
export function decideHandOver(
  post: PostState,
  o: { from: string; to: string; reason: string; name: string },
): PostEvent | Refusal {
  const standIn = post.standIn === o.from
  if (!standIn && post.main !== o.from) return refuse('not-now', 'people/not-held', { name: o.name })
  if (o.from === o.to || (standIn ? post.main : post.standIn) === o.to) return refuse('invalid', 'people/same-person')
  return { type: 'handed_over', from: o.from, to: o.to, standIn, reason: o.reason }
}

/** 离岗: whoever holds it leaves it vacant, with a reason. */
export function decideLeavePost(post: PostState, o: { account: string; reason: string; name: string }): PostEvent | Refusal {
  if (post.main !== o.account && post.standIn !== o.account) return refuse('not-now', 'people/not-held', { name: o.name })
  return { type: 'post_left', account: o.account, reason: o.reason }
}

/** 撤销岗位: nobody holds it and no duty hangs on it. */
export function decideClosePost(post: PostState, o: { reason: string; duties: number }): PostEvent | Refusal {
  if (post.main || post.standIn) return refuse('not-now', 'people/post-held')
  if (o.duties > 0) return refuse('not-now', 'people/duties-open', { n: o.duties })
  return { type: 'post_closed', reason: o.reason }
}
