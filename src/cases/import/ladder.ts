import type { Place } from '../rules/case.ts'
import { isEnded, LINE, type State } from '../rules/codes.ts'
import type { PathRule } from '../rules/path-rule.ts'
import { lineOf } from '../rules/paths.ts'
import type { Field } from './columns.ts'
import type { Status } from './values.ts'

/** What the columns of one row prove, each as the column that proves it. */
export type Facts = Partial<Record<Proof, Field>> & { status?: Status; unfounded?: boolean }
type Proof =
  | 'category'
  | 'units'
  | 'leader'
  | 'term'
  | 'handedOver'
  | 'signed'
  | 'planned'
  | 'approved'
  | 'working'
  | 'selfChecked'
  | 'countyAccepted'
  | 'cityAccepted'
  | 'publicised'
  | 'filed'
  | 'closed'

/** The ladder from the top: the first rung that a column proves is where the row stands. */
const LADDER: readonly { state: State; proof: (facts: Facts) => Field | undefined }[] = [
  { state: 'declined', proof: ({ status }) => when(status === 'declined', 'status') },
  { state: 'transferred', proof: ({ status }) => when(status === 'transferred', 'status') },
  { state: 'unfounded', proof: (f) => when(Boolean(f.unfounded) && isClosed(f), 'finding') },
  { state: 'closed', proof: (f) => f.closed ?? when(f.status === 'done', 'status') },
  { state: 'filed', proof: (f) => f.filed },
  { state: 'publicising', proof: (f) => f.publicised },
  { state: 'city_accepted', proof: (f) => f.cityAccepted },
  { state: 'county_accepted', proof: (f) => f.countyAccepted },
  { state: 'self_checked', proof: (f) => f.selfChecked ?? when(f.status === 'finished', 'status') },
  { state: 'rectifying', proof: (f) => f.working ?? when(f.status === 'stage', 'status') ?? f.approved },
  { state: 'plan_submitted', proof: (f) => f.planned },
  { state: 'signed', proof: (f) => f.signed },
  { state: 'assigned', proof: (f) => f.handedOver ?? (f.units && (f.leader ?? f.term)) },
  { state: 'triaged', proof: (f) => f.units ?? f.category },
]

/** The state that the columns prove on this path, and the column that proves it (none for 待研判). */
export function provenState(facts: Facts, o: { rule: PathRule; place: Place }): { state: State; because?: Field } {
  for (const { state, proof } of LADDER) {
    const because = proof(facts)
    if (because) return { state: onPath(state, o), because }
  }
  return { state: 'reported' }
}

// A line without the state: an unneeded plan or signature is passed already, an acceptance or a filing counts as the step before. So
// what a county said of a problem that lies in none (市本级) proves that it was handed in, and not that the city accepted it.
function onPath(state: State, { rule, place }: { rule: PathRule; place: Place }): State {
  if (isEnded(state)) return state
  const own = lineOf({ place }, rule)
  const order: readonly State[] = LINE
  const at = order.indexOf(state)
  const forward = state === 'plan_submitted' || state === 'signed'
  const candidates = forward ? own.filter((s) => order.indexOf(s) >= at) : own.filter((s) => order.indexOf(s) <= at).reverse()
  return candidates[0] ?? state
}

function isClosed(facts: Facts): boolean {
  return facts.closed !== undefined || facts.status === 'done'
}

function when(holds: boolean, field: Field): Field | undefined {
  return holds ? field : undefined
}
