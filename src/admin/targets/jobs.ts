import { randomUUID } from 'node:crypto'
import type { House } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import type { Announced, Announcement } from '../../base/delivery/announced.ts'
import { deliverDue } from '../../base/delivery/deliver.ts'
import { followJournal } from '../../base/delivery/follow.ts'
import { forgetDeliveries, type Outgoing, queueDeliveries } from '../../base/delivery/store.ts'
import type { Job } from '../../base/jobs.ts'
import type { Stored } from '../../base/journal/store.ts'
import type { Instant } from '../../base/rules/day.ts'
import { forgetNotices } from '../../people/index.ts'
import { cloudEvent, hears, robotMessage } from './rules/target.ts'
import { allSenders } from './send.ts'
import { listTargets, type Target } from './store.ts'
import { DELIVER } from './targets.ts'

const KEPT_DAYS = 90

/** Reads what happened, queues it for the targets that hear of it, and sends what is due; once a day the old log goes. */
export function targetJobs(house: House, announced: readonly Announced[]): Job[] {
  const senders = allSenders(house)
  const deliver = async () => {
    await followJournal(house, 'targets', (db, events) => queueFor(db, { house, announced, events }))
    const outcomes = await deliverDue(house, senders)
    const failed = outcomes.filter((o) => o.status !== 'sent')
    if (outcomes.length > 0) house.log.info({ tried: outcomes.length, failed: failed.length }, 'deliveries')
  }
  const forget = () =>
    house.database.begin(house.tenant, async (db) => {
      const before = new Date(house.clock().getTime() - KEPT_DAYS * 86_400_000)
      await forgetDeliveries(db, before)
      await forgetNotices(db, before)
    })
  return [
    { name: DELIVER, cron: '* * * * *', run: deliver },
    { name: 'admin-forget-deliveries', cron: '0 4 * * *', run: forget },
  ]
}

async function queueFor(db: Db, o: { house: House; announced: readonly Announced[]; events: Stored[] }): Promise<void> {
  const targets = (await listTargets(db)).filter((t) => !t.stoppedAt)
  if (targets.length === 0) return
  for (const context of o.announced) {
    const events = o.events.filter((e) => e.context === context.context)
    if (events.length === 0) continue
    const told = await context.announce(db, o.house.tenant, events)
    const all = events.flatMap((event) => {
      const what = told.get(event.seq)
      return what
        ? targets.filter((t) => hears(t, what)).map((t) => outgoing(t, event, { ...what, title: o.house.settings.cityName }))
        : []
    })
    await queueDeliveries(db, all, o.house.clock())
  }
}

function outgoing(target: Target, event: Stored, what: Announcement & { title: string }): Outgoing {
  const { seq, subject, tenant } = event
  const body =
    target.kind === 'webhook'
      ? cloudEvent({ tenant, seq, kind: what.kind, subject, at: event.at as Instant })
      : robotMessage(target.kind, what)
  return { id: randomUUID(), channel: target.kind, target: target.id, seq, subject, body }
}
