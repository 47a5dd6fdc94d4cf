import type { Db } from '../db.ts'
import type { Stored } from './store.ts'

/** What a context gives so that the journal can prove its state: how its events fold, and its states as they stand, one by one. */
export interface Journalled {
  context: string
  fold(events: Stored[]): unknown
  states(db: Db): AsyncIterable<{ id: string; state: unknown }>
}
