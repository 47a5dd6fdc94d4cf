import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { multipart } from '../photos.ts'
import type { Shown } from '../walk.ts'
import type { Act, Ledger } from './ledger.ts'
import { actOf, type Directory, SCRIPT } from './script.ts'

/** Where clients find the product now, and the sessions that they keep across its crashes. */
export interface Door {
  url: string
  sessions: Map<string, Record<string, string>>
  directory: Directory
}

export interface Work {
  /** Says when to stop after the act in hand. */
  signal?: AbortSignal
  /** What is not answered is sent again with its key until it is; otherwise a client ends with the product. */
  patient?: boolean
}

/** Several people at work at once. */
export interface Crowd {
  ledger: Ledger
  work(door: Door, o?: Work): Promise<void>
  /** Sends again, twice, each act whose answer never came; says what was wrong with the answers. */
  settle(door: Door): Promise<string[]>
}

interface Walk {
  title: string
  step: number
  shown: Shown | undefined
  pending: Act | undefined
}

/** `n` clients, each walking one case after the other through the script, one act at a time. */
export function gather(n: number, ledger: Ledger): Crowd {
  const walks = Array.from({ length: n }, newWalk)
  return {
    ledger,
    work: async (door, o = {}) => void (await Promise.all(walks.map((walk) => keepWalking(walk, { door, ledger, ...o })))),
    async settle(door) {
      const wrong: string[] = []
      for (const walk of walks.filter((w) => w.pending)) wrong.push(...(await settle(walk, door, ledger)))
      return wrong
    },
  }
}

const newWalk = (): Walk => ({ title: `弃渣堆放 ${randomUUID()}`, step: 0, shown: undefined, pending: undefined })

async function keepWalking(walk: Walk, o: Work & { door: Door; ledger: Ledger }): Promise<void> {
  while (!o.signal?.aborted) {
    walk.pending ??= actOf(walk.step, walk, o.door.directory)
    const sent = Date.now()
    const answer = await send(walk.pending, o.door).catch((e: unknown) => ({ status: 0, body: causeOf(e) }))
    if (isTaken(answer)) {
      advance(walk, answer, o.ledger)
      continue
    }
    o.ledger.failures.push({ sent, ended: Date.now(), what: `${walk.pending.path} ${answer.status} ${wordsOf(answer)}` })
    if (answer.status === 0 && !o.patient) return
    await sleep(50)
  }
}

function advance(walk: Walk, answer: Reply, ledger: Ledger): void {
  walk.shown = answer.body as Shown
  ledger.acknowledge(walk.pending!, walk.shown)
  walk.step++
  walk.pending = undefined
  if (walk.step === SCRIPT.length) Object.assign(walk, newWalk())
}

// The first answer settles whether it had been written; the second has to be the same, or the key made two of one.
async function settle(walk: Walk, door: Door, ledger: Ledger): Promise<string[]> {
  const act = walk.pending!
  ledger.retried++
  const first = await send(act, door)
  if (!isTaken(first)) return [`${act.path} sent again was answered ${first.status} ${wordsOf(first)}`]
  const again = await send(act, door)
  advance(walk, first, ledger)
  return isDeepStrictEqual(first, again)
    ? []
    : [`${act.path} sent twice again was answered differently: ${JSON.stringify([first, again])}`]
}

export interface Reply {
  status: number
  body: unknown
}

const isTaken = ({ status }: Reply) => status >= 200 && status < 300
const wordsOf = ({ body }: Reply) =>
  (typeof body === 'string' ? body : String((body as { detail?: string }).detail)).slice(0, 200)
const causeOf = (e: unknown) => String((e instanceof Error && e.cause) || e)

/** Sends an act as its person; rejects when no whole answer comes. */
export async function send(act: Act, door: Door): Promise<Reply> {
  const session = door.sessions.get(act.who)
  const form = 'photo' in act.body ? multipart(act.body.fields, { name: 'photo.jpg', content: act.body.photo }) : undefined
  const answer = await fetch(`${door.url}${act.path}`, {
    method: 'POST',
    headers: {
      ...session,
      ...form?.headers,
      'idempotency-key': act.key,
      ...(act.version === undefined ? {} : { 'if-match': `"${act.version}"` }),
    },
    body: form ? form.payload : JSON.stringify(act.body),
    signal: AbortSignal.timeout(60_000),
  })
  return { status: answer.status, body: await answer.json() }
}

/** Reads as the office, which sees the whole city. */
export async function read<T>(door: Door, path: string): Promise<T> {
  const answer = await fetch(`${door.url}${path}`, { headers: door.sessions.get('office')! })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Who was signed in has to be so after a crash; counts those who are not, and signs them in anew. */
export async function lostSessions(door: Door, server: SignIn): Promise<number> {
  let lost = 0
  for (const [who, headers] of door.sessions) {
    if ((await fetch(`${door.url}/api/session`, { headers })).status === 200) continue
    door.sessions.set(who, await server.signIn(who))
    lost++
  }
  return lost
}

interface SignIn {
  url: string
  signIn(who: string): Promise<Record<string, string>>
}

/** The way to a product that runs: everybody signs in once, the directory is read once. */
export async function openDoor(server: SignIn): Promise<Door> {
  const sessions = new Map<string, Record<string, string>>()
  for (const who of ['office', 'unit-hantai', 'leader']) sessions.set(who, await server.signIn(who))
  const door: Door = { url: server.url, sessions, directory: { org: () => '' } }
  const { items } = await read<{ items: { id: string; name: string }[] }>(door, '/api/organisations')
  door.directory.org = (name) => items.find((o) => o.name === name)!.id
  return door
}
