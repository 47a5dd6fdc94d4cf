import { TooManyHashes } from '../auth/password.ts'
import { isNoRoom } from '../guard/ballast.ts'
import { isDatabaseFull, noRoom } from '../guard/disk.ts'
import { baseProblem, type Problem } from '../problem.ts'

/** What passes by itself, as the Problem that says when to try again (503, 507 for want of room, 429 for too many passwords at once); undefined for any other error. */
export function outageOf(e: unknown): Problem | undefined {
  if (e instanceof TooManyHashes) return baseProblem('too-many', { seconds: 5 }, { 'retry-after': '5' })
  if (isDatabaseFull(e) || isNoRoom(e)) return noRoom()
  const passes =
    e instanceof Error && ('code' in e && e.code ? PASSING.includes(String(e.code)) || isUnreachable(e) : LOST.test(e.message))
  return passes ? baseProblem('unavailable', {}, { 'retry-after': '5' }) : undefined
}

// The database shuts down, starts up, is short of something or not there; a deadlock, a serialization failure, a statement that took too long.
const PASSING = [
  '57P01',
  '57P02',
  '57P03',
  '53000',
  '53200',
  '53300',
  '53400',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '40P01',
  '40001',
  '57014',
]
// The pool's own errors bear no code: no connection came free in time, or the one in use was lost.
const LOST =
  /^timeout exceeded when trying to connect|^timeout expired|^Connection terminated|^Client has encountered a connection error|^Query read timeout|^the database engine has ended/
// The embedded engine's socket goes with it.
const isUnreachable = (e: object) => 'syscall' in e && e.syscall === 'connect'
