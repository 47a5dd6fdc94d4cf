import type { Db } from '../base/db.ts'
import { wasIssued } from './letters/store.ts'
import type { CaseEvent } from './rules/event.ts'

/** Whether something left the house because of an event: a letter was sent, a message went out. */
export type HasLeft = (db: Db, event: CaseEvent) => Promise<boolean>

const askers: HasLeft[] = [(db, event) => wasIssued(db, event.case, event.at)]

/** A context that sends things on its own says here what it sent (src/contexts.ts does it); an act that something went out for stays. */
export function askWhetherLeft(asker: HasLeft): void {
  askers.push(asker)
}

/** The answer of all of them. */
export async function hasLeft(db: Db, event: CaseEvent): Promise<boolean> {
  for (const asker of askers) if (await asker(db, event)) return true
  return false
}
