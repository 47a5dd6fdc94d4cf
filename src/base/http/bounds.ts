import { baseProblem } from '../problem.ts'
import type { AnyRoute } from './route.ts'

/** How somebody came in, as far as it closes doors: by a machine's token, with an account that only reads, with a password given by another. */
export interface Bounds {
  token?: 'reads' | 'writes'
  readOnly?: true
  mustChange?: true
}

/**
 * Throws where the way in does not open a route. A token writes only where a permission is named: what is for everybody signed in is a
 * person's own. Nothing is asked of the public's routes: nobody is recognised there.
 */
export function refuseBeyond(bounds: Bounds | undefined, route: Pick<AnyRoute, 'method' | 'permission' | 'person'>): void {
  if (!bounds) return
  const write = route.method !== 'GET'
  if (bounds.mustChange) throw baseProblem('password-must-change')
  if (bounds.token && (route.person || (write && route.permission === 'signed-in'))) throw baseProblem('token-never')
  if (bounds.token === 'reads' && write) throw baseProblem('token-reads-only')
  if (bounds.readOnly && write) throw baseProblem('account-reads-only')
}
