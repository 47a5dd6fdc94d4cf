import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Database, Db } from './db.ts'
import type { Log } from './log.ts'

/** A job of a context: its queue, when it recurs (cron, Asia/Shanghai), and what it does. Delivery is at least once: `run` is idempotent. */
export interface Job {
  name: string
  cron?: string
  run(data: Record<string, unknown>): Promise<void>
}

export interface Jobs {
  /** Queues a job in the transaction of the state that it belongs to: both commit or neither. */
  send(db: Db, name: string, data: Record<string, unknown>, o?: { startAfter?: Date; key?: string }): Promise<void>
  work(jobs: Job[]): Promise<void>
  stop(): Promise<void>
}

/** pg-boss in the same database, through the same pool: the embedded engine has one connection only. */
export async function openJobs(database: Database, log: Log, o: { pollSeconds?: number } = {}): Promise<Jobs> {
  const boss = new PgBoss({
    // Several statements in one message answer with a list of results, which pg-boss unwraps itself.
    db: { executeSql: (text: string, values?: unknown[]) => database.pool.query(text, values ?? []) },
    schema: 'pgboss',
    schedule: true,
  })
  boss.on('error', (err) => log.error({ err }, 'jobs'))
  await boss.start()
  await letTheAppSend(database.owner)
  return {
    async send(db, name, data, { startAfter, key } = {}) {
      await boss.send(name, data, {
        db: fromKysely(db),
        ...(startAfter ? { startAfter } : {}),
        ...(key ? { singletonKey: key } : {}),
      })
    },
    work: (jobs) => work(boss, jobs, { pollSeconds: o.pollSeconds ?? 5, log }),
    stop: async () => boss.stop({ graceful: true, timeout: 3000 }),
  }
}

async function letTheAppSend(owner: Db): Promise<void> {
  await sql`grant usage on schema pgboss to qinba_app`.execute(owner)
  await sql`grant select, insert, update on all tables in schema pgboss to qinba_app`.execute(owner)
  await sql`grant execute on all functions in schema pgboss to qinba_app`.execute(owner)
}

async function work(boss: PgBoss, jobs: Job[], o: { pollSeconds: number; log: Log }): Promise<void> {
  for (const job of jobs) {
    await boss.createQueue(job.name)
    await boss.work<Record<string, unknown>>(
      job.name,
      { batchSize: 100, pollingIntervalSeconds: o.pollSeconds },
      async (batch) => {
        for (const { data } of batch) await job.run(data ?? {})
        o.log.debug({ job: job.name, n: batch.length }, 'job done')
      },
    )
    if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' })
  }
}
