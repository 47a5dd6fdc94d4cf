import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asPostgres, BIN } from '../cluster.ts'
import { familyOf } from './processes.ts'

/** A PostgreSQL whose data lie in a folder of the caller's, and which may be struck and started again. */
export interface StruckCluster {
  /** The folder of its socket, never on the disk that is cut. */
  host: string
  url(database: string, host?: string): string
  /** Starts it, or throws with the end of its log. */
  start(): void
  /** `pg_ctl restart -m immediate`: every backend is ended where it stands, then recovery; resolves when it takes connections again. */
  restart(): Promise<void>
  /** The postmaster first, then everybody below it. */
  pids(): number[]
  /** After a power cut: the machine would come up with other processes, so what the old one left of itself means nobody. */
  forgetPid(): void
  stop(): void
  destroy(): void
}

const PORT = 5432

/** Makes a cluster in `<folder>/pg`, durable as PostgreSQL ships it unless `settings` say otherwise; it is not started yet. */
export function clusterOn(folder: string, settings = ''): StruckCluster {
  const host = mkdtempSync(join(tmpdir(), 'qinba-pg-'))
  chmodSync(host, 0o777)
  const data = join(folder, 'pg')
  mkdirSync(data)
  if (process.getuid?.() === 0) spawnSync('chown', ['postgres', data])
  must([`${BIN}/initdb`, '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-k', '-E', 'UTF8', '--locale=C.UTF-8'])
  appendFileSync(
    join(data, 'postgresql.auto.conf'),
    `listen_addresses=''\nport=${PORT}\nunix_socket_directories='${host}'\nshared_buffers=128MB\nmax_wal_size=128MB\n${settings}`,
  )
  const log = join(host, 'log')
  const command = (...args: string[]) => [`${BIN}/pg_ctl`, '-D', data, '-w', '-t', '60', '-l', log, ...args]
  const orLog = (status: number | null) => {
    if (status !== 0) throw new Error(`PostgreSQL does not start: ${readFileSync(log, 'utf8').slice(-600)}`)
  }
  return {
    host,
    url: (database, through = host) => `postgresql://postgres@/${database}?host=${encodeURIComponent(through)}&port=${PORT}`,
    start: () => orLog(asPostgres(command('start')).status),
    restart: async () => orLog(await meanwhile(command('restart', '-m', 'immediate'))),
    pids: () => familyOf(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])),
    forgetPid() {
      for (const lock of [join(data, 'postmaster.pid'), join(host, `.s.PGSQL.${PORT}.lock`)]) rmSync(lock, { force: true })
    },
    stop: () => void asPostgres(command('stop', '-m', 'fast')),
    destroy() {
      asPostgres(command('stop', '-m', 'immediate'))
      rmSync(host, { recursive: true, force: true })
    },
  }
}

function must(command: string[]): void {
  const { status, stderr, stdout } = asPostgres(command)
  if (status !== 0) throw new Error(`${command[0]} failed: ${stderr}${stdout}`)
}

// The clients of a campaign live in this process and go on while it waits.
function meanwhile(command: string[]): Promise<number | null> {
  const [program = '', ...args] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command
  return new Promise((done) => spawn(program, args, { stdio: 'ignore' }).once('exit', done))
}
