import type { Db } from '../db.ts'
import type { Stored } from '../journal/store.ts'
import type { Text } from '../problem.ts'

/** What a context says of an event to those outside who may hear of it: never what stands in it. */
export interface Announcement {
  /** `cases.assign`: what a target can be narrowed to. */
  kind: string
  secrecy: number
  region: string
  /** The organisations that answer for it. */
  orgs: string[]
  /** One line for a chat group: number, act, day. No title and no name. */
  text: string
}

/** The part of a context that lets others follow it. */
export interface Announced {
  context: string
  /** Every kind that it may announce, with its label. */
  kinds: Record<string, Text>
  /** By the event's number; what nobody outside may hear of is left out. */
  announce(db: Db, tenant: number, events: Stored[]): Promise<Map<number, Announcement>>
}
