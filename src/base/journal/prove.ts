import canonicalize from 'canonicalize'
import type { HashName } from '../crypto/algorithms.ts'
import type { House } from '../ctx.ts'
import { type Db, widen } from '../db.ts'
import { readCheckpoints } from './checkpoint-file.ts'
import { allEvents, contextsOf, eventsOf, readHead, subjectsOf } from './store.ts'
import type { Journalled } from './subjects.ts'
import { verdictText, warningText } from './verdict-text.ts'
import { verifyEntries } from './verify.ts'

/** What `qinba journal verify` found, in words of both languages. */
export interface Proof {
  ok: boolean
  /** What the journal is hashed with since its birth. */
  hash: HashName
  events: number
  subjects: number
  message: { zh: string; en: string }
  warnings: string[]
}

/**
 * Proves the journal in one snapshot: the chain against its head and the checkpoints kept outside, then every state against the
 * fold of its events. The first bad event, or the first state that differs, is named.
 */
export async function proveJournal(
  house: Pick<House, 'database' | 'tenant'>,
  o: { journalled: Journalled[]; checkpointFile?: string; publicKey?: string; upTo?: number },
): Promise<Proof> {
  const outside = o.checkpointFile ? await readCheckpoints(o.checkpointFile) : { checkpoints: [], publicKey: undefined }
  const { upTo = Number.POSITIVE_INFINITY } = o // an old backup that was accepted knows nothing of what came after it
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  return house.database.begin(
    house.tenant,
    async (db) => {
      await widen(db, scope)
      const frontier = await readHead(db, house.tenant)
      const key = o.publicKey ?? outside.publicKey // a file that was replaced whole carries a key of its own
      const options = { tenant: house.tenant, ...(key ? { publicKey: key } : {}) }
      const verdict = await verifyEntries(
        allEvents(db, house.tenant),
        outside.checkpoints.filter((c) => c.size <= upTo),
        { size: frontier.size, frontier },
        options,
      )
      const base = {
        hash: frontier.hash,
        events: frontier.size,
        subjects: 0,
        warnings: verdict.warnings.map((w) => warningText(w, 'zh')),
      }
      const message = { zh: verdictText(verdict, 'zh'), en: verdictText(verdict, 'en') }
      return verdict.ok
        ? compareStates(db, house.tenant, { ...base, message, journalled: o.journalled })
        : { ...base, ok: false, message }
    },
    { snapshot: true },
  )
}

// Both ways: every state is the fold of its events, and everything that has events still has a state.
async function compareStates(db: Db, tenant: number, o: Omit<Proof, 'ok'> & { journalled: Journalled[] }): Promise<Proof> {
  const { journalled, ...proof } = o
  const unknown = (await contextsOf(db, tenant)).find((c) => !STATELESS.includes(c) && !journalled.some((j) => j.context === c))
  if (unknown) return { ...proof, ok: false, message: nobodys(unknown) }
  for (const context of journalled) {
    const seen = new Set<string>()
    for await (const { id, state } of context.states(db)) {
      proof.subjects++
      seen.add(id)
      const events = await eventsOf(db, tenant, { context: context.context, id })
      if (canonicalize(context.fold(events)) === canonicalize(state)) continue
      return { ...proof, ok: false, message: differs(context.context, id, events[events.length - 1]?.seq) }
    }
    const gone = (await subjectsOf(db, tenant, context.context)).find((id) => !seen.has(id))
    if (gone) return { ...proof, ok: false, message: missing(context.context, gone) }
  }
  return { ...proof, ok: true }
}

/** Contexts whose events stand for themselves: what was seen of the clock, and restores from a backup. */
const STATELESS = ['clock', 'restore']

const missing = (context: string, id: string): Proof['message'] => ({
  zh: `${context} 的 ${id} 有事件而没有状态：记录被删除`,
  en: `${context} ${id} has events and no state: the record was deleted`,
})

const nobodys = (context: string): Proof['message'] => ({
  zh: `日志中有无人负责的事件：${context}`,
  en: `the journal holds events that no context answers for: ${context}`,
})

function differs(context: string, id: string, seq: number | undefined): Proof['message'] {
  const last =
    seq === undefined
      ? { zh: '它没有任何事件', en: 'it has no event at all' }
      : { zh: `最后一个事件是第 ${seq} 号`, en: `its last event is number ${seq}` }
  return {
    zh: `${context} 的 ${id} 的状态与其事件的折叠不一致（${last.zh}）`,
    en: `the state of ${context} ${id} is not the fold of its events (${last.en})`,
  }
}
