import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { type Database, type Db, giveUp, isInsideTransaction } from './db.ts'
import type { Log } from './log.ts'

/** A job of a context: its queue, when it recurs (cron, Asia/Shanghai), and what it does. Delivery is at least once: `run` is idempotent. */
export interface Job {
  name: string
  cron?: string
  run(data: Record<string, unknown>): Promise<void>
}

export interface Jobs {
  /** Queues a job in the transaction of the state that it belongs to: both commit or neither. Throws for a queue that nobody declared. */
  send(db: Db, name: string, data: Record<string, unknown>, o?: { startAfter?: Date; key?: string }): Promise<void>
  /** Creates queues, before anything is sent to them: for a process that sends jobs and runs none. */
  declare(names: string[]): Promise<void>
  /** Creates the queues of the jobs and runs what arrives. */
  work(jobs: Job[]): Promise<void>
  stop(): Promise<void>
}

/** pg-boss in the same database, through the same pool: the embedded engine has one connection only. */
export async function openJobs(database: Database, log: Log, o: { pollSeconds?: number } = {}): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => ask(database, text, values) },
    schema: 'pgboss',
    schedule: true,
  })
  boss.on('error', (err) => log.error({ err }, 'jobs'))
  await boss.start()
  await letTheAppSend(database.owner)
  const declared = new Set<string>()
  const declare = async (names: string[]) => {
    for (const name of names) {
      await boss.createQueue(name)
      declared.add(name)
    }
  }
  return {
    declare,
    async send(db, name, data, { startAfter, key } = {}) {
      if (!declared.has(name)) throw new Error(`no queue ${name}: declare it before a job is sent to it`)
      await boss.send(name, data, {
        db: fromKysely(db),
        ...(startAfter ? { startAfter } : {}),
        ...(key ? { singletonKey: key } : {}),
      })
    },
    async work(jobs) {
      await declare(jobs.map((job) => job.name)) // all of them first: a job may send to another's queue
      await work(boss, jobs, { pollSeconds: o.pollSeconds ?? 5, log })
    },
    stop: async () => boss.stop({ graceful: true, timeout: 3000 }),
  }
}

// Several statements in one message answer with a list of results, which pg-boss unwraps itself.
async function ask(database: Database, text: string, values: unknown[] = []) {
  if (isInsideTransaction())
    throw new Error(
      'the queue was asked from inside a transaction, which may hold the only connection: declare queues at the start',
    )
  const client = await database.pool.connect()
  try {
    const result = await client.query(text, values)
    client.release()
    return result
  } catch (e) {
    giveUp(client) // a message of several statements may have left a transaction open
    throw e
  }
}

async function letTheAppSend(owner: Db): Promise<void> {
  await sql`grant usage on schema pgboss to qinba_app`.execute(owner)
  await sql`grant select, insert, update on all tables in schema pgboss to qinba_app`.execute(owner)
  await sql`grant execute on all functions in schema pgboss to qinba_app`.execute(owner)
}

async function work(boss: PgBoss, jobs: Job[], o: { pollSeconds: number; log: Log }): Promise<void> {
  for (const job of jobs) {
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
