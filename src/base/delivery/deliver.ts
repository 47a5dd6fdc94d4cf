import type { House } from '../ctx.ts'
import { nextAttempt } from './rules/retry.ts'
import { type Channel, type Due, type Outcome, settleDelivery, takeDue } from './store.ts'

/** Sends one delivery; gives the status of the other side's answer, throws in one line where there was none. `stop`: trying again is of no use. */
export type Send = (due: Due) => Promise<{ ok: boolean; code?: number; error?: string; stop?: boolean }>

const AT_ONCE = 8
const LEASE_SECONDS = 60

/**
 * Sends all that is due, a few at a time, outside any transaction, and writes down what came of each. A delivery may arrive twice (a
 * worker that died after sending); it carries its id. Gives the outcomes.
 */
export async function deliverDue(house: House, senders: Partial<Record<Channel, Send>>): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (;;) {
    const now = house.clock()
    const due = await house.database.begin(house.tenant, (db) =>
      takeDue(db, { now, leaseSeconds: LEASE_SECONDS, limit: AT_ONCE }),
    )
    if (due.length === 0) return outcomes
    const done = await Promise.all(due.map((one) => attempt(one, { house, send: senders[one.channel] })))
    await house.database.begin(house.tenant, async (db) => {
      for (const outcome of done) await settleDelivery(db, outcome)
    })
    outcomes.push(...done)
  }
}

async function attempt(due: Due, o: { house: House; send: Send | undefined }): Promise<Outcome> {
  const { ok, code, error, stop } = o.send
    ? await o.send(due).catch((e: unknown) => ({ ok: false, error: lineOf(e), code: undefined, stop: false }))
    : { ok: false, error: `nobody set up ${due.channel}`, code: undefined, stop: true }
  const at = o.house.clock()
  const base = { id: due.id, at, code, error: ok ? undefined : (error ?? `answered ${code}`).slice(0, 500) }
  if (ok) return { ...base, status: 'sent', nextAt: at }
  const next = stop ? undefined : nextAttempt(due.attempts, at, Math.random())
  return next ? { ...base, status: 'waiting', nextAt: next } : { ...base, status: 'given_up', nextAt: at }
}

const lineOf = (e: unknown) => (e instanceof Error ? e.message : String(e)).split('\n')[0]!
