import { sql } from 'kysely'
import type { Db } from '../db.ts'

// What pg-boss noted while the clock stood in the future would keep it waiting for that time: its passes run only so long after
// the last, a singleton slot is taken, and what was meant for at once is due then.
const FUTURE = [
  sql`update pgboss.version set cron_on = case when cron_on > now() then null else cron_on end,
    bam_on = case when bam_on > now() then null else bam_on end, flow_on = case when flow_on > now() then null else flow_on end,
    reindex_on = case when reindex_on > now() then null else reindex_on end,
    monitor_backoff_on = case when monitor_backoff_on > now() + interval '1 day' then null else monitor_backoff_on end`,
  sql`update pgboss.queue set monitor_claim_on = null, monitor_on = null, maintain_on = null
    where greatest(monitor_claim_on, monitor_on, maintain_on) > now()`,
  sql`update pgboss.job set singleton_on = null where singleton_on > (now() at time zone 'utc') + interval '1 day'`,
  sql`update pgboss.job set start_after = now() where state = 'created' and created_on > now() + interval '1 minute'
    and start_after <= created_on + interval '1 second'`,
  sql`update pgboss.job set start_after = now() where state = 'retry' and started_on > now() + interval '1 minute'`,
]

/** After a clock that stood in the future came back: the queue does not wait for that time. Changes nothing otherwise. */
export async function healQueue(owner: Db): Promise<void> {
  for (const statement of FUTURE) await statement.execute(owner)
}
