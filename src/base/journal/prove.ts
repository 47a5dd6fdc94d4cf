import canonicalize from 'canonicalize'
import type { House } from '../ctx.ts'
import { type Db, widen } from '../db.ts'
import { readCheckpoints } from './checkpoint-file.ts'
import { allEvents, eventsOf, readHead } from './store.ts'
import type { Journalled } from './subjects.ts'
import { verdictText, warningText } from './verdict-text.ts'
import { verifyEntries } from './verify.ts'

/** What `qinba journal verify` found, in words of both languages. */
export interface Proof {
  ok: boolean
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
  house: House,
  o: { journalled: Journalled[]; checkpointFile?: string; publicKey?: string },
): Promise<Proof> {
  const outside = o.checkpointFile ? await readCheckpoints(o.checkpointFile) : { checkpoints: [], publicKey: undefined }
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
        outside.checkpoints,
        { size: frontier.size, frontier },
        options,
      )
      const base = { events: frontier.size, subjects: 0, warnings: verdict.warnings.map((w) => warningText(w, 'zh')) }
      const message = { zh: verdictText(verdict, 'zh'), en: verdictText(verdict, 'en') }
      return verdict.ok
        ? compareStates(db, house.tenant, { ...base, message, journalled: o.journalled })
        : { ...base, ok: false, message }
    },
    { snapshot: true },
  )
}

async function compareStates(db: Db, tenant: number, o: Omit<Proof, 'ok'> & { journalled: Journalled[] }): Promise<Proof> {
  const { journalled, ...proof } = o
  for (const context of journalled) {
    for await (const { id, state } of context.states(db)) {
      proof.subjects++
      const events = await eventsOf(db, tenant, { context: context.context, id })
      if (canonicalize(context.fold(events)) === canonicalize(state)) continue
      return { ...proof, ok: false, message: differs(context.context, id, events[events.length - 1]?.seq) }
    }
  }
  return { ...proof, ok: true }
}

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
