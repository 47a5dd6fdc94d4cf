import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian keeps the server's programs. */
export const BIN = '/usr/lib/postgresql/15/bin'

/** A real PostgreSQL of Debian's on a unix socket in a folder of its own. */
export interface Cluster {
  url(database: string): string
  stop(): void
}

/** Whether this machine has the server; where not, its suites are skipped by name. */
export const hasPostgres = (): boolean => existsSync(`${BIN}/initdb`)

/** Starts a cluster with its durability as PostgreSQL ships it, unless `settings` say otherwise. */
export function startCluster(o: { port: number; settings?: string }): Cluster {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-pg-'))
  chmodSync(dir, 0o777)
  const data = join(dir, 'data')
  must([`${BIN}/initdb`, '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'])
  const settings = `listen_addresses=''\nport=${o.port}\nunix_socket_directories='${dir}'\nmax_connections=60\nshared_buffers=256MB\n`
  appendFileSync(join(data, 'postgresql.auto.conf'), settings + (o.settings ?? ''))
  must([`${BIN}/pg_ctl`, '-D', data, '-w', '-l', join(dir, 'log'), 'start'])
  return {
    url: (database) => `postgresql://postgres@/${database}?host=${encodeURIComponent(dir)}&port=${o.port}`,
    stop() {
      asPostgres([`${BIN}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop'])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function must(command: string[]): void {
  const { status, stderr, stdout } = asPostgres(command)
  if (status !== 0) throw new Error(`${command[0]} failed: ${stderr}${stdout}`)
}

/** Runs a program as the user that PostgreSQL runs as, which is never root. Its server keeps our pipes open, so they are not waited for. */
export function asPostgres(command: string[]) {
  const whole = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command
  const isStart = command.includes('start')
  return spawnSync(whole[0]!, whole.slice(1), { encoding: 'utf8', stdio: isStart ? 'ignore' : 'pipe', timeout: 60_000 })
}
