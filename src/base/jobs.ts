import { sql } from 'kysely'
import { type Clock, fromKysely, PgBoss } from 'pg-boss'
import { type Database, type Db, giveUp, isInsideTransaction } from './db.ts'
import { healQueue } from './guard/store-queue.ts'
import type { Log } from './log.ts'

/** A job of a context: its queue, when it recurs (cron, Asia/Shanghai), and what it does. Delivery is at least once: `run` is idempotent. */
export interface Job {
  name: string
  cron?: string
  /** It looks at the calendar: it waits while the clock is in doubt, and runs at each start and when the doubt ends, as midnight may have passed. */
  calendar?: true
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

// A worker that died, or lost the database before it could say how a job ended, leaves the job `active`: without a heartbeat it would
// stay so for a quarter of an hour. An outage may strike the same job more than once.
const QUEUE = { heartbeatSeconds: 20, retryLimit: 20, retryDelay: 5 }

/** Why a job may have to wait: asked before it runs, and every second until it may. */
export interface Hold {
  waits(job: Job): boolean
  /** How many doubts of the clock there were: one that came and went between two looks counts too. */
  doubts(): number
  /** Told of what a job threw. */
  saw(e: unknown): void
}

export interface JobsOptions {
  pollSeconds?: number
  clock?: () => Date
  hold?: Hold
}

/** pg-boss in the same database, through the same pool: the embedded engine has one connection only. */
export async function openJobs(database: Database, log: Log, o: JobsOptions = {}): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => ask(database, text, values) },
    schema: 'pgboss',
    schedule: true,
    ...{ superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 },
    clock: {
      now: () => (o.clock ? o.clock().getTime() : Date.now()),
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
    } as Clock,
  })
  boss.on('error', (err) => log.error({ err }, 'jobs'))
  await boss.start()
  await letTheAppSend(database.owner)
  await healQueue(database.owner)
  const declared = new Set<string>()
  let release = () => {}
  const declare = async (names: string[]) => {
    for (const name of names) {
      await boss.createQueue(name, QUEUE)
      await boss.updateQueue(name, QUEUE) // one that an older release made
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
      const waiting = waitingRoom(boss, database, { jobs, log, hold: o.hold ?? FREE })
      await work(boss, jobs, { pollSeconds: o.pollSeconds ?? 5, log, run: waiting.run })
      release = waiting.close
    },
    async stop() {
      release()
      await boss.stop({ graceful: true, timeout: 3000 })
    },
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
  await sql`revoke all on all tables in schema pgboss from qinba_app`.execute(owner) // an older release granted more
  await sql`grant insert, select (id) on pgboss.job, pgboss.job_common to qinba_app`.execute(owner)
  await sql`grant select on pgboss.queue to qinba_app`.execute(owner)
  await sql`grant execute on all functions in schema pgboss to qinba_app`.execute(owner)
}

type Data = Record<string, unknown>

const FREE: Hold = { waits: () => false, doubts: () => 0, saw() {} }

/**
 * Runs jobs that may run and keeps what came for those that have to wait; when one may run again, it is queued with all that it kept.
 * What was kept is gone with the process: a job of the calendar runs at each start, any other is asked for again by its cron.
 */
function waitingRoom(boss: PgBoss, database: Database, { jobs, log, hold }: { jobs: Job[]; log: Log; hold: Hold }) {
  const kept = new Map<Job, Data[]>()
  let doubts = hold.doubts()
  const letIn = async () => {
    const wasDoubted = doubts !== hold.doubts()
    doubts = hold.doubts()
    for (const job of jobs) {
      const waits = hold.waits(job)
      if (job.calendar && (waits || wasDoubted) && !kept.has(job)) kept.set(job, [])
      if (waits) continue
      const data = kept.get(job)
      if (!data) continue
      await healQueue(database.owner) // a clock that came back from the future left its times in the queue
      for (const one of data.length > 0 ? data : [{}]) await boss.send(job.name, one)
      kept.delete(job)
      log.warn({ job: job.name, n: data.length }, 'job goes on')
    }
  }
  let last = Promise.resolve()
  const timer = setInterval(() => {
    last = last.then(letIn).catch((err) => log.error({ err }, 'jobs'))
  }, 1000).unref()
  const run = async (job: Job, data: Data) => {
    if (hold.waits(job)) return keep(kept, job, data)
    try {
      await job.run(data)
    } catch (e) {
      hold.saw(e)
      throw e
    }
  }
  return { run, close: () => clearInterval(timer) }
}

function keep(kept: Map<Job, Data[]>, job: Job, data: Data): void {
  const before = kept.get(job) ?? []
  const isKnown = before.some((d) => JSON.stringify(d) === JSON.stringify(data))
  kept.set(job, isKnown ? before : [...before, data])
}

interface Working {
  pollSeconds: number
  log: Log
  run(job: Job, data: Data): Promise<void>
}

async function work(boss: PgBoss, jobs: Job[], o: Working): Promise<void> {
  for (const job of jobs) {
    await boss.work<Record<string, unknown>>(
      job.name,
      { batchSize: 100, pollingIntervalSeconds: o.pollSeconds },
      async (batch) => {
        for (const { data } of batch) await o.run(job, data ?? {})
        o.log.debug({ job: job.name, n: batch.length }, 'job done')
      },
    )
    if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' })
  }
}
